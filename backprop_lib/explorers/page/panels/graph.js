// A graph: values in boxes, arrows to what is made of them, and back where a gradient has come.
PANELS.graph = (panel, explorer) => {
  const edges = panel.edges.map(({ from, to, x, y, toX, toY }) => {
    const head = (d, [x1, y1], [x2, y2]) => {
      const [dx, dy] = [x2 - x1, y2 - y1].map((v) => (7 * v) / Math.hypot(x2 - x1, y2 - y1));
      return `${d}M${x2 - dx - dy / 2} ${y2 - dy + dx / 2}L${x2} ${y2}L${x2 - dx + dy / 2} ${y2 - dy - dx / 2}`;
    };
    const arrow = (kind, a, b) => svg("path", { class: `bp-arrow bp-arrow-${kind}`, d: head(`M${a}L${b}`, a, b) });
    return { from, to, there: arrow("there", [x + 3, y], [toX - 3, toY]),
      back: arrow("back", [toX - 5, toY + 10], [x + 5, y + 10]) };
  });
  const nodes = panel.nodes.map(({ name, role, sign, x, y, width, height }) => {
    const box = svg("rect", { class: `bp-outline bp-${role}`, x, y, width, height, rx: 6 });
    const lines = [name, `d${name}`].map((one, k) => {
      const text = svg("tspan", { dx: 6 });
      return { one, text, node: svg("text", { x: x + width / 2, y: y + 16 + 22 * k }, symbol(one, explorer, svg), text) };
    });
    const node = svg("g", {}, box, ...lines.map((line) => line.node),
      svg("text", { class: "bp-sign", x: x - 10, y: y + height / 2 }, sign));
    return { name, box, lines, node };
  });
  const drawing = svg("svg", { class: "bp-piece", viewBox: `0 0 ${panel.width} ${panel.height}`, role: "img",
    style: `--wide: ${panel.width}; --all: ${panel.width + 8}` },
  ...edges.flatMap(({ there, back }) => [there, back]), ...nodes.map(({ node }) => node));
  const draw = () => {
    for (const { from, to, there, back } of edges) {
      there.classList.toggle("bp-still", !explorer.seen(to));
      show(back, explorer.seen(`d${from}`));
    }
    const said = nodes.flatMap(({ name, box, lines, node }) => {
      box.classList.toggle("bp-absent", !explorer.seen(name));
      node.classList.toggle("bp-rest", explorer.rests(name) && explorer.rests(`d${name}`));
      return lines.map(({ one, text, node: line }) => {
        const array = explorer.seen(one);
        show(line, array);
        if (!array) return "";
        write(text, array.values.length > 1 ? shapeName(array.shape) : decimal(array.values[0], explorer.digits(one)));
        return `${plain(one)} ${text.textContent}`;
      });
    });
    drawing.setAttribute("aria-label", `Graph: ${said.filter(Boolean).join(", ")}`);
  };
  return { element: html("div", "bp-panel bp-graph", drawing), draw };
};
