// How entries spread: one ridge for each array, all over the same range.
PANELS.distribution = (panel, explorer) => {
  const [ridge, left] = [40, 56];
  let width;
  const foot = (k) => ridge * (k + 1) - 6;
  const height = foot(panel.rows.length - 1) + 24;
  const { title } = titled(panel, explorer);
  const areas = panel.rows.map(({ role }) => svg("path", `bp-area bp-${role}`));
  const high = svg("text", { class: "bp-tick bp-end", y: height - 4 }, tick(panel.high, panel.log));
  const drawing = svg("svg", { role: "img", tabindex: 0, "aria-label": title.textContent },
    ...panel.rows.map(({ label, role }, k) => svg("text", { class: `bp-name-of bp-ink-${role}`, x: 0, y: foot(k) - 4 }, label)),
    ...areas,
    svg("text", { class: "bp-tick", x: left, y: height - 4 }, tick(panel.low, panel.log)), high);
  const shares = (k) => explorer.seen(panel.rows[k].name)?.values ?? [];
  const draw = (again) => {
    if (again || !width) {
      width = Math.max(180, drawing.clientWidth);
      place(drawing, { viewBox: `0 0 ${width} ${height}` });
      place(high, { x: width });
    }
    areas.forEach((area, k) => {
      const values = shares(k);
      const wide = (width - left) / values.length;
      const most = Math.max(1e-9, ...values);
      const steps = Array.from(values, (share) => `V${(foot(k) - ((ridge - 8) * share) / most).toFixed(1)}h${wide}`);
      place(area, { d: `M${left} ${foot(k)}${steps.join("")}V${foot(k)}H${left}` });
    });
  };
  readable(drawing, {
    size: () => [areas.length, shares(0).length],
    find: (x, y) => [clamp(Math.floor((y * height) / ridge), 0, areas.length - 1),
      clamp(Math.floor(((x * width - left) / (width - left)) * shares(0).length), 0, shares(0).length - 1)],
    spot: ([k, bin]) => [(left + ((bin + 0.5) * (width - left)) / shares(0).length) / width, (foot(k) - 16) / height],
    say: ([k, bin]) => {
      const { low, high, log, rows } = panel;
      const edge = (b) => tick(log ? low * (high / low) ** (b / shares(k).length) : low + ((high - low) * b) / shares(k).length);
      return `${rows[k].label}: ${(100 * (shares(k)[bin] ?? 0)).toFixed(1)} % from ${edge(bin)} to ${edge(bin + 1)}`;
    },
  });
  return { element: html("div", "bp-panel bp-plot", title, drawing), draw };
};
