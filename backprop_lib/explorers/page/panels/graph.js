// A graph: values in boxes, arrows to what is made of them, and back where a gradient has come.
// On a page too narrow for it, it runs down.
PANELS.graph = (panel, explorer) => {
  const [across, down] = panel.plans.map((plan) => {
    const edges = plan.edges.map((edge) => {
      const arrow = (kind) => svg("path", { class: `bp-arrow bp-arrow-${kind}`, d: edge[kind] });
      const given = svg("text", { class: "bp-given bp-ink-backward", x: edge.x, y: edge.y });
      const back = svg("g", {}, arrow("back"), given);
      return { ...edge, there: arrow("there"), back, given };
    });
    const nodes = plan.nodes.map(({ name, role, sign, signX, signY, word, x, y, width, height }) => {
      const box = svg("rect", { class: `bp-outline bp-${role}`, x, y, width, height, rx: 6 });
      const lines = [name, `d${name}`].map((one, k) => {
        const text = svg("tspan", { dx: 6 });
        return { one, text, node: svg("text", { x: x + width / 2, y: y + height / 2 + 22 * k - 10 }, symbol(one, explorer, svg), text) };
      });
      const node = svg("g", {}, box, ...lines.map((line) => line.node),
        svg("text", { class: word ? "" : "bp-sign", x: signX, y: signY }, sign));
      return { name, box, lines, node };
    });
    const drawing = svg("svg", { class: "bp-piece", viewBox: `0 0 ${plan.width} ${plan.height}`, role: "img", style: `--wide: ${plan.width}` },
      ...edges.map(({ there }) => there), ...edges.map(({ back }) => back), ...nodes.map(({ node }) => node));
    return { drawing, edges, nodes };
  });
  const element = html("div", { class: "bp-panel bp-graph", style: `--wide: ${panel.plans[0].width}` }, across.drawing, down.drawing);
  const draw = () => {
    const { stop } = explorer;
    const at = stop?.name;
    const narrow = element.clientWidth < panel.least;
    show(across.drawing, !narrow);
    show(down.drawing, narrow);
    const { drawing, edges, nodes } = narrow ? down : across;
    for (const { from, to, gives, adds, there, back, given } of edges) {
      const [first, then] = [`d${from}`, `d${to}`];
      there.classList.toggle("bp-still", !explorer.seen(to) || Boolean(at) && at !== to);
      show(back, explorer.seen(first) || panel.adding && explorer.seen(then) && at !== then);
      back.classList.toggle("bp-rest", Boolean(at) && at !== first);
      const [value] = explorer.frame.arrays[gives]?.values ?? [];
      write(given, value === undefined ? "" : (adds && value > 0 ? "+" : "") + decimal(value, explorer.digits(first)));
    }
    const said = nodes.flatMap(({ name, box, lines, node }) => {
      box.classList.toggle("bp-absent", !explorer.seen(name));
      node.classList.toggle("bp-rest", explorer.rests(name) && explorer.rests(`d${name}`));
      return lines.map(({ one, text, node: line }) => {
        const array = explorer.seen(one);
        show(line, array);
        if (!array) return "";
        write(text, shortly(array, explorer.digits(one)));
        return `${plain(one)} ${text.textContent}`;
      });
    });
    drawing.setAttribute("aria-label", `Graph: ${said.filter(Boolean).join(", ")}`);
  };
  return { element, draw };
};

const shortly = ({ values, shape }, digits) => (values.length > 1 ? shapeName(shape) : decimal(values[0], digits));

// A formula with the numbers of this frame below its letters, for a walk along a graph.
function numbersLine(tokens, explorer) {
  const line = html("div", "bp-line bp-numbers", ...written(tokens, explorer, { shapes: true }).nodes);
  const named = tokens.map(([text, power]) => [`${text}^${power.replace("T", "")}`, text].find((name) => explorer.roles[name]));
  const letters = named.flatMap((name, k) => (name ? [[name, line.children[k].lastChild, tokens[k][1].endsWith("T")]] : []));
  const draw = () => letters.forEach(([name, node, turned]) => {
    const { values, shape } = explorer.frame.arrays[name];
    write(node, shortly({ values, shape: turned ? [...shape].reverse() : shape }, explorer.digits(name)));
  });
  return { line, draw };
}
