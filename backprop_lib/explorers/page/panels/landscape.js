// A loss landscape from above: bands of equal height on a canvas, paths as far as they are walked.
PANELS.landscape = (panel, explorer) => {
  const [width, height] = [360, 270];
  const { across: [west, east], up: [south, north], bands } = panel;
  const { title } = titled(panel, explorer);
  const canvas = html("canvas");
  const walks = panel.paths.map(({ role, label }, k) => ({
    line: svg("path", { class: `bp-curve bp-${role}`, "stroke-dasharray": explorer.dash(panel.dashes[k]) }),
    dot: svg("circle", { r: 5.5, class: `bp-dot bp-here bp-${role}` }),
    text: svg("text", `bp-tick bp-ink-${role}`, label),
  }));
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", tabindex: 0,
    "aria-label": [title.textContent, ...panel.paths.map(({ label }) => label)].join(", ") },
  ...walks.flatMap(({ line, dot, text }) => [line, dot, text]));
  const [x, y] = [(v) => (width * (clamp(v, west, east) - west)) / (east - west),
    (v) => (height * (north - clamp(v, south, north))) / (north - south)];
  const foot = html("div", "bp-foot", tick(west), html("span", {}, ...written(panel.names[0], explorer).nodes), tick(east));
  const side = html("div", "bp-side", tick(north), html("span", {}, ...written(panel.names[1], explorer).nodes), tick(south));
  let drawn = null;
  const draw = (again) => {
    const field = explorer.seen(panel.field);
    if (field && (field.values !== drawn || again)) {
      drawn = field.values;
      const good = field.values.filter(Number.isFinite);
      const [low, high] = [Math.min(...good), Math.max(...good)];
      tinted(canvas, field.rows, field.columns, (k) => {
        const value = field.at(field.rows - 1 - Math.floor(k / field.columns), k % field.columns);
        const share = Number.isFinite(value) ? (value - low) / (high - low || 1) : 1;
        return ["loss", (explorer.spec.look.cap * Math.min(bands - 1, Math.floor(bands * share))) / bands];
      });
    }
    const walked = explorer.number(panel.at);
    panel.paths.forEach(({ name }, k) => {
      const { line, dot, text } = walks[k];
      const path = explorer.seen(name);
      for (const node of [line, dot, text]) show(node, path);
      if (!path) return;
      const last = Math.min(path.rows - 1, walked ?? path.rows - 1);
      const points = Array.from({ length: last + 1 }, (_, t) => `${x(path.at(t, 0)).toFixed(1)} ${y(path.at(t, 1)).toFixed(1)}`);
      const [cx, cy] = [x(path.at(last, 0)), y(path.at(last, 1))];
      place(line, { d: `M${points.join("L")}` });
      place(dot, { cx, cy });
      place(text, { x: cx + (cx > 0.8 * width ? -9 : 9), y: Math.max(12, cy - 7), "text-anchor": cx > 0.8 * width ? "end" : "start" });
    });
  };
  const at = (share, count) => clamp(Math.floor(share * count), 0, count - 1);
  const size = () => explorer.size(panel.field);
  readable(drawing, {
    size,
    find: (fx, fy) => [at(fy, size()[0]), at(fx, size()[1])],
    spot: ([r, c]) => [(c + 0.5) / size()[1], (r + 0.5) / size()[0]],
    say: ([r, c]) => {
      const [rows, columns] = size();
      const [v, w] = [west + ((east - west) * c) / (columns - 1), north - ((north - south) * r) / (rows - 1)];
      return `(${tick(v)}, ${tick(w)}): ${exact(explorer.seen(panel.field)?.at(rows - 1 - r, c) ?? NaN)}`;
    },
  });
  const map = html("div", "bp-map", canvas, drawing);
  return { element: html("div", "bp-panel bp-landscape", title, html("div", "bp-around", side, map, foot)), draw };
};
