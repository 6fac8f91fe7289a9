"""The solutions as the notebooks hold them, and every small change of them that nobody named."""

import ast
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "solutions/source"
SWAPPED = {  # an operator or a name, and what it is mistaken for
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.Sub),
    ast.MatMult: (ast.Mult, ast.Add),
    ast.Pow: (ast.Mult, ast.Add),
    ast.Gt: (ast.GtE, ast.Lt, ast.NotEq),
    ast.GtE: (ast.Gt, ast.LtE, ast.Eq),
    ast.Lt: (ast.LtE, ast.Gt, ast.NotEq),
    ast.LtE: (ast.Lt, ast.GtE, ast.Eq),
    ast.Eq: (ast.NotEq,),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "sum": ("mean", "max"),
    "mean": ("sum", "max"),
    "max": ("min", "sum"),
    "exp": ("log", "abs"),
    "log": ("log1p", "abs"),
    "sqrt": ("square", "abs"),
    "var": ("std",),
}




def solution(chapter, name):
    """Return the solution of an exercise, as its notebook has it; None where it has none."""
    return _function(ast.parse((SOURCES / f"{chapter}.py").read_text("utf-8")), name)


def mutants(chapter, name):
    """Yield (the line before and after, the changed function) for every small change of a solution.

    A function of the notebook that the solution calls is changed too.
    """
    tree = ast.parse((SOURCES / f"{chapter}.py").read_text("utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    called = {node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)}
    seen = {ast.dump(tree)}
    for function in (functions[k] for k in functions if k == name or k in called):
        names = {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
        names |= {n.id for n in _names(function) if isinstance(n.ctx, ast.Store)}
        for line, place, key in [*_places(function)]:
            old, before = place[key], _said(line)
            for new in _mistaken(old, names):
                place[key] = new
                if (dump := ast.dump(tree)) not in seen:
                    seen.add(dump)
                    yield f"{before}  →  {_said(line)}", _function(tree, name)
            place[key] = old


def _function(tree, name):
    """Run the cells that make names, and return one of them."""
    body = [node for node in tree.body if not isinstance(node, ast.Expr)]
    module = ast.fix_missing_locations(ast.Module(body, []))
    space = {}
    exec(compile(module, "<solution>", "exec"), space)
    return space.get(name)


def _names(node):
    return [child for child in ast.walk(node) if isinstance(child, ast.Name)]


def _places(node, line=None):
    """Yield every place below a node: the statement it stands in, what holds it, and its key."""
    for field, value in ast.iter_fields(node):
        many = isinstance(value, list)
        holder = value if many else vars(node)
        for key in range(len(value)) if many else [field]:
            child = holder[key]
            if isinstance(child, ast.AST) and not isinstance(child, ast.arguments):
                inside = (holder, key) if isinstance(child, ast.stmt) else line
                yield inside, holder, key
                yield from _places(child, inside)


def _said(line):
    holder, key = line
    return ast.unparse(ast.fix_missing_locations(holder[key])).splitlines()[0]


def _mistaken(node, names):
    """Yield what may stand by mistake where `node` stands."""
    yield from (kind() for kind in SWAPPED.get(type(node), ()))
    match node:
        case ast.BinOp(left, op, right):
            yield from (left, right)
            if not isinstance(op, ast.Add | ast.Mult):  # whose order does not matter
                yield ast.BinOp(right, op, left)
        case ast.UnaryOp():
            yield node.operand
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield from (ast.Constant(other) for other in (value + 1, value - 1, 0))
        case ast.Name(name, ast.Load()) if name in names:
            yield from (ast.Name(other, ast.Load()) for other in sorted(names - {name}))
            if name.lower() != name and name != "Y":  # a matrix, by the canon, and no labels
                yield ast.Attribute(node, "T", ast.Load())
        case ast.Name(name, ast.Load()):
            yield from (ast.Name(other, ast.Load()) for other in SWAPPED.get(name, ()))
        case ast.Attribute(value, name):
            yield from (ast.Attribute(value, other, ast.Load()) for other in SWAPPED.get(name, ()))
            if name == "T":
                yield value
        case ast.Call(function, arguments, keywords):
            yield from arguments[:1]
            if isinstance(function, ast.Attribute):
                yield function.value
            if len(arguments) > 1:
                yield ast.Call(function, [arguments[1], arguments[0], *arguments[2:]], keywords)
            for dropped in keywords:
                yield ast.Call(function, arguments, [k for k in keywords if k is not dropped])
        case ast.Tuple(parts, ast.Load()) if len(parts) > 1:
            for i in range(len(parts) - 1):
                yield ast.Tuple([*parts[:i], parts[i + 1], parts[i], *parts[i + 2 :]], ast.Load())
        case ast.Subscript(value, _, ast.Load()):
            yield value
        case ast.IfExp():
            yield from (node.body, node.orelse, ast.IfExp(node.test, node.orelse, node.body))
        case ast.Assign() | ast.AugAssign():
            yield ast.Pass()
