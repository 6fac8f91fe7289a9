// A matrix too large to be read as numbers: one small square for each entry, on a canvas.
PANELS.heatmap = (panel, explorer) => {
  const [rows, columns] = explorer.size(panel.name);
  const { title } = titled(panel, explorer);
  const square = Math.min(24, 280 / rows);
  const canvas = html("canvas", { class: `bp-pixels bp-${panel.role}`, width: columns, height: rows,
    role: "img", tabindex: 0, style: `aspect-ratio: ${columns} / ${rows}` });
  const edges = panel.numbered.map((many, k) => html("div", "bp-edge", html("span", {}, panel.names[k]),
    html("div", {}, ...Array.from({ length: many }, (_, at) => html("span", {}, at)))));
  const map = html("div", { class: "bp-squares", style: `--most: ${square * columns}px` }, edges[0], canvas, edges[1]);
  const bad = html("p", "bp-hint");
  let drawn = null;
  const draw = (again) => {
    const array = explorer.seen(panel.name);
    if (array?.values === drawn && !again) return;
    drawn = array?.values;
    const { cap } = explorer.spec.look;
    const inside = (k) => array && k % columns < array.columns && Math.floor(k / columns) < array.rows;
    let odd = 0;
    tinted(canvas, rows, columns, (k) => {
      if (!inside(k)) return ["ink", 0];
      const value = array.at(Math.floor(k / columns), k % columns);
      if (!Number.isFinite(value)) odd += 1;
      const size = Math.abs(value);
      return Number.isFinite(value) ? [value < 0 ? "negative" : panel.role, (cap * size) / (size + panel.soft)] : ["ink", 1];
    });
    write(bad, odd ? `${odd} of ${array.values.length} entries are NaN or infinite: the dark squares.` : "");
    const shape = array ? shapeName(array.shape) : "not computed";
    canvas.setAttribute("aria-label", `${plain(panel.name)}, ${shape}. The arrow keys read its numbers.`);
  };
  readable(canvas, {
    size: () => [rows, columns],
    find: (x, y) => [clamp(Math.floor(y * rows), 0, rows - 1), clamp(Math.floor(x * columns), 0, columns - 1)],
    spot: ([r, c]) => [(c + 0.5) / columns, (r + 0.5) / rows],
    say: ([r, c]) => {
      const array = explorer.seen(panel.name);
      return array && r < array.rows && c < array.columns
        ? `${entryName([panel.name, ...[r, c].slice(-array.shape.length)])} = ${exact(array.at(r, c))}` : "not computed";
    },
  });
  return { element: html("div", "bp-panel bp-heatmap", title, map, bad), draw };
};
