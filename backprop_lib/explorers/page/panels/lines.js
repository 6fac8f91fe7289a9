// Curves over a common x, labelled where they end, and points that lie on them.
PANELS.lines = (panel, explorer) => {
  const { labelled, log } = panel;
  const chart = plot(explorer, panel);
  const heading = titled(panel, explorer);
  chart.title.replaceWith(heading.title);
  chart.name.append(...written(panel.across, explorer, { tag: svg }).nodes);
  const { left, up, down } = chart;

  const named = ([low, high], decades) => {
    if (!decades) return Math.min(high, -low) > 0.12 * (high - low) ? [low, 0, high] : [low, high];
    const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
    const step = Math.max(1, Math.ceil((last - first) / 5));
    return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, k) => 10 ** (first + k * step));
  };
  // The numbers on the axes, a line where `at` is, and the labels, pushed apart.
  const more = (lines, xs, here) => {
    const upward = labelled ? named(chart.tall, log.includes("y")) : [];
    const rules = upward.map((v) => `M${left} ${chart.y(v)}H${chart.right}`);
    if (here !== null) rules.push(`M${chart.x(here)} ${up}V${down}`);
    const ticks = upward.map((v) => ({ x: left - 9, y: chart.y(v) + 4, anchor: "end", text: tick(v, log.includes("y")) }));
    if (log.includes("x")) {
      ticks.push(...named(chart.wide, true).map((v) => ({ x: chart.x(v), y: down + 16, anchor: "middle", text: tick(v, true) })));
    }
    const k = here === null ? -1 : nearest(Array.from(xs), here);
    const labels = labelled ? lines.map(({ ys, name, label, role }) => {
      const now = k < 0 ? "" : log.includes("y") ? lengthName(ys[k]) : decimal(ys[k], explorer.digits(name));
      return { x: chart.right + 8, y: chart.y([...ys].findLast(Number.isFinite) ?? 0) + 4, role, text: `${label}\u2002${now}` };
    }).sort((a, b) => a.y - b.y) : [];
    labels.forEach((one, n) => { if (n) one.y = Math.max(one.y, labels[n - 1].y + 15); });
    return { rules, ticks: [...ticks, ...labels] };
  };
  const points = ([from, to]) => {
    const lit = explorer.lit(panel.points[0]);
    const here = explorer.scope?.entry[0] === panel.points[0] && corner(explorer.scope.picked);
    const at = here && here[0] * from.columns + here[1];
    const every = Array.from(from.values, (v, k) => [v, to.values[k], k])
      .filter(([v, w]) => Number.isFinite(v + w)).sort(([, , a], [, , b]) => (a === at) - (b === at)); // the picked one on top
    pool(chart.marks, every.length, "circle").forEach((dot, n) => {
      const [v, w, k] = every[n];
      place(dot, { cx: chart.x(v), cy: chart.y(w), r: k === at ? 6 : 4.5,
        class: `bp-dot bp-${explorer.roles[panel.points[1]]} ${k === at ? "bp-here" : lit && !lit[k] ? "bp-dim" : ""}` });
      if (k === at) chart.say(v, w, explorer.digits(panel.points[1]));
    });
  };
  const draw = (again) => {
    if (again) chart.fit();
    const { arrays } = explorer.frame;
    const lines = panel.curves.map((curve, k) => ({ ...curve, dash: panel.dashes[k], ys: explorer.seen(curve.name)?.values }))
      .filter(({ ys }) => ys);
    const [xs, here] = [arrays[panel.x].values, explorer.number(panel.at)];
    heading.draw();
    chart.draw(xs, lines, here, () => more(lines, xs, here));
    chart.drawing.setAttribute("aria-label", [heading.title.textContent, ...lines.map(({ label }) => label)].join(", "));
    if (panel.points.length) points(panel.points.map((name) => arrays[name]));
  };
  return { element: chart.element, draw };
};
