// The board: an equation whose letters are matrices of numbers, each gradient below its value.

const LABEL = 34; // the room for a letter
const BETWEEN = 14; // between a value and its gradient
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

// One matrix. Its cells are made once, at the largest shape it will ever have.
function grid(matrix, explorer, x, y, below) {
  const { cell: { width, height }, tint, cap } = explorer.spec.look;
  const [digits, soft] = [explorer.digits(matrix.name), tint[explorer.scale(matrix.name)]];
  const [rows, columns] = explorer.size(matrix.name);
  const held = explorer.controls.filter((control) => control.cell?.[0] === matrix.name)
    .map((control) => corner(control.cell).join());
  const box = (name) =>
    svg("rect", { class: name, x, y, width: columns * width, height: rows * height });
  const [absent, outline] = [box("bp-absent"), box(`bp-outline bp-${matrix.role}`)];
  const [met, mark] = [box("bp-met"), box("bp-met bp-picked")];
  const shape = svg("tspan", { class: "bp-shape", dx: 6 });
  const label = svg("text", { class: "bp-name", x: x + (columns * width) / 2,
    y: below ? y + rows * height + 22 : y - 9 }, symbol(matrix.name, explorer, svg), shape);

  const cells = Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => {
    const [left, up] = [x + c * width, y + r * height];
    const middle = left + width / 2;
    const cell = {
      tint: svg("rect", { x: left, y: up, width, height }),
      text: svg("text", { x: middle, y: up + height / 2 }),
      moved: svg("text", { class: "bp-moved", x: middle, y: up + height - 6 }),
      entry: [matrix.name, ...[r, c].slice(2 - explorer.rank(matrix.name))],
    };
    const ring = svg("rect",
      { class: "bp-ring", x: left + 2, y: up + 2, width: width - 4, height: height - 4 });
    cell.node = svg("g", { role: "gridcell", tabindex: -1, "aria-colindex": c + 1 },
      cell.tint, cell.text, cell.moved, ring);
    if (held.includes([r, c].join())) {
      const d = `M${left + width} ${up}h-9l9 9z`; // a coloured corner: a control holds this number
      cell.node.append(svg("path", { class: `bp-held bp-${matrix.role}`, d }));
    }
    return cell;
  }));
  const element = svg("g", { role: "grid" }, label, absent,
    ...cells.map((row, r) =>
      svg("g", { role: "row", "aria-rowindex": r + 1 }, ...row.map((cell) => cell.node))),
    outline, met, mark);

  const surround = (node, span) => {
    show(node, span);
    if (!span) return;
    const [top, left, bottom, right] = span;
    place(node, { x: x + left * width, y: y + top * height,
      width: (right - left) * width, height: (bottom - top) * height });
  };
  const drawCell = (cell, value, lit, moved) => {
    const state = [value, lit, moved].join();
    if (cell.state === state) return;
    cell.state = state;
    const size = Math.abs(value);
    const share = Number.isFinite(value) ? size / (size + soft) : 0;
    write(cell.text, decimal(value, digits));
    write(cell.moved, moved ? change(moved, digits) : "");
    place(cell.tint, { class: `bp-tint bp-${value < 0 ? "negative" : matrix.role}`,
      "fill-opacity": (share * cap).toFixed(3) });
    const light = lit === null ? "" : lit ? "bp-lit" : "bp-dim";
    const kinds = [[value === 0, "bp-zero"], [!Number.isFinite(value), "bp-bad"],
      [moved, "bp-shift"], [digits > 2, "bp-fine"], [explorer.sumOf(matrix.name), "bp-pickable"]];
    const own = kinds.filter(([yes]) => yes).map(([, name]) => name);
    cell.node.setAttribute("class", ["bp-cell", light, ...own].join(" "));
  };
  const draw = () => {
    const array = explorer.frame.arrays[matrix.name];
    const lit = explorer.lit(matrix.name);
    const picked = explorer.scope?.picked;
    const here = array && picked?.[0] === matrix.name && corner(picked);
    write(shape, array ? shapeName(array.shape) : "");
    element.setAttribute("aria-label", `${plain(matrix.name)}, ${shape.textContent || "not computed"}`);
    surround(absent, !(array?.rows === rows && array.columns === columns)
      && [array?.columns === columns ? array.rows : 0, 0, rows, columns]);
    surround(outline, array && [0, 0, array.rows, array.columns]);
    surround(met, array && explorer.scope?.met[matrix.name]);
    surround(mark, here && [here[0], here[1], here[0] + 1, here[1] + 1]);
    cells.forEach((row, r) => row.forEach((cell, c) => {
      const present = array && r < array.rows && c < array.columns;
      show(cell.node, present);
      if (!present) return;
      const value = array.at(r, c);
      const light = lit && lit[r * array.columns + c];
      drawCell(cell, value, light, explorer.moved(matrix.name, r, c, value));
      cell.node.setAttribute("aria-selected", here ? here[0] === r && here[1] === c : false);
    }));
  };
  return { element, draw, cells, name: matrix.name };
}

// The sign before a matrix: an operator, or an arrow with a function's name on it.
function sign(matrix, lead, middle, explorer) {
  const text = svg("text", { x: lead / 2, class: matrix.through ? "bp-over" : "bp-sign",
    y: matrix.through ? middle - 10 : middle }, matrix.before);
  if (!matrix.through) return { elements: [text], draw: () => {} };
  const arrow = svg("path", { class: "bp-arrow", d: `M10 ${middle}H${lead - 10}m-6 -4l6 4l-6 4` });
  return { elements: [text, arrow], draw: () => write(text, explorer.called(matrix.through)) };
}

// The numbers of the examples, to the left of the first matrix.
function rowNumbers(name, x, y, explorer) {
  const { height } = explorer.spec.look.cell;
  const [rows] = explorer.size(name);
  const numbers = Array.from({ length: rows }, (_, r) =>
    svg("text", { class: "bp-row", x, y: y + (r + 0.5) * height }, r));
  const draw = () => numbers.forEach((node, r) =>
    show(node, r < (explorer.frame.arrays[name]?.rows ?? 0)));
  return { elements: [svg("text", { class: "bp-row", x, y: y - 14 }, "row"), ...numbers], draw };
}

function board(panel, explorer, signal) {
  const { width, height } = explorer.spec.look.cell;
  const tall = (matrix) => (matrix ? explorer.size(matrix.name)[0] * height : 0);
  const above = Math.max(...panel.matrices.map(tall));
  const under = Math.max(...panel.matrices.map((matrix) => tall(matrix.below)));
  const total = LABEL + above + (under ? BETWEEN + under + LABEL : 4);
  const grids = [];
  const parts = [];
  const pieces = panel.matrices.map((matrix, k) => {
    const lead = matrix.through ? 84 : 34;
    const wide = lead + explorer.size(matrix.name)[1] * width + 2;
    const piece = svg("svg",
      { class: "bp-piece", width: wide, height: total, viewBox: `0 0 ${wide} ${total}` });
    const y = LABEL + (above - tall(matrix)) / (under ? 1 : 2); // on its gradient, or in the middle
    const before = k ? sign(matrix, lead, LABEL + above / 2, explorer)
      : rowNumbers(matrix.name, lead - 10, y, explorer);
    const own = [grid(matrix, explorer, lead, y, false)];
    if (matrix.below) own.push(grid(matrix.below, explorer, lead, LABEL + above + BETWEEN, true));
    grids.push(...own);
    parts.push(before, ...own);
    piece.append(...before.elements, ...own.map((one) => one.element));
    return piece;
  });
  const element = html("div", { class: "bp-panel bp-board", role: "group",
    "aria-label": "Equation. The arrow keys walk through the numbers, Enter picks one." }, ...pieces);
  const walk = keyboard(element, grids, explorer, signal);
  const draw = () => {
    for (const part of parts) part.draw();
    walk();
  };
  return { element, draw };
}

// One tab stop for the whole board; the arrow keys go from cell to cell, and on to the next matrix.
function keyboard(element, grids, explorer, signal) {
  let stop = null;
  const every = new Map(grids.flatMap((one) =>
    one.cells.flat().map((cell) => [cell.node, { one, cell }])));
  const reach = (cell) => {
    place(stop?.node ?? cell.node, { tabindex: -1 });
    stop?.node.removeAttribute("aria-label");
    stop = cell;
    const label = `${entryName(cell.entry)} is ${cell.text.textContent}`;
    place(stop.node, { tabindex: 0, "aria-label": label });
  };
  const inside = (one, r, c) => {
    const { rows, columns } = explorer.frame.arrays[one.name];
    return one.cells[Math.max(0, Math.min(r, rows - 1))][Math.max(0, Math.min(c, columns - 1))];
  };
  const next = ({ one, cell }, [down, right]) => {
    const [r, c] = corner(cell.entry);
    const beyond = c + right < 0 || c + right >= explorer.frame.arrays[one.name].columns;
    const shown = grids.filter((other) => explorer.frame.arrays[other.name]);
    const neighbour = beyond && shown[shown.indexOf(one) + right];
    if (neighbour) return inside(neighbour, r, right > 0 ? 0 : Infinity);
    return inside(one, r + down, c + right);
  };
  element.addEventListener("keydown", (event) => {
    const at = every.get(event.target);
    if (!at || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key in STEPS) {
      reach(next(at, STEPS[event.key]));
      stop.node.focus();
    } else if (event.key === "Enter" || event.key === " ") explorer.pick(at.cell.entry);
    else return;
    event.preventDefault();
  }, { signal });
  element.addEventListener("click", (event) => {
    const at = every.get(event.target.closest(".bp-cell"));
    if (!at) return;
    explorer.pick(at.cell.entry);
    reach(at.cell);
    stop.node.focus({ preventScroll: true });
  }, { signal });
  return () => {
    const [name, ...index] = explorer.scope?.picked ?? [grids[0].name, 0, 0];
    const home = grids.find((one) => one.name === name);
    const gone = !stop || stop.node.style.display === "none";
    if (!explorer.frame.arrays[home.name]) return;
    reach(gone ? inside(home, ...corner([name, ...index])) : stop);
  };
}
