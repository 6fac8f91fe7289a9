// Curves on bare axes: x from edge to edge, y with 0 in sight or in decades. A point beyond stands
// at the edge.

// The smallest and the largest value in sight.
function ends(values, decades, tight) {
  const good = values.filter((v) => Number.isFinite(v) && (!decades || v > 0));
  if (tight) return [good[0] ?? 0, good.at(-1) ?? 1];
  if (!decades) return [Math.min(0, ...good), Math.max(0, ...good)];
  if (!good.length) return [1, 10];
  const [low, high] = [Math.min(...good), Math.max(...good)].map(Math.log10);
  const floor = Math.floor(low + 1e-6); // a power of ten may be a little less in float32
  return [10 ** floor, 10 ** Math.max(floor + 1, Math.ceil(high - 1e-6))];
}

function scale([low, high], decades, from, to) {
  const way = decades ? Math.log10 : (v) => v;
  return (v) => from + ((to - from) * (way(clamp(v, low, high)) - way(low))) / (way(high) - way(low) || 1);
}

function plot(explorer, { labelled = false, log = "", span = [], wide = false } = {}) {
  const [logX, logY] = [log.includes("x"), log.includes("y")];
  const [height, up, left, room] = [logX ? 200 : 190, 14, labelled ? 46 : 12, labelled ? 116 : 12];
  const down = height - (logX && labelled ? 36 : 26);
  let [width, right] = [];
  const [rules, ticks, curves, dots, marks] = Array.from({ length: 5 }, () => svg("g"));
  const name = svg("text", { class: "bp-tick bp-middle", y: height - 6 });
  const value = svg("text", "bp-value");
  const drawing = svg("svg", { role: "img", tabindex: 0 },
    rules, curves, marks, dots, ticks, name, value);
  const title = html("div", "bp-title");
  const element = html("div", `bp-panel bp-plot ${labelled ? "bp-labelled" : ""}`, title, drawing);
  const chart = { element, title, drawing, name, marks, left, up, down };
  let [xs, series] = [[], []];
  // Laid out anew for the room there is, so that letters keep their size.
  chart.fit = () => {
    width = Math.max(labelled ? 300 : 180, drawing.clientWidth);
    chart.right = right = width - room;
    place(drawing, { viewBox: `0 0 ${width} ${height}` });
    place(name, { x: (left + right) / 2 });
  };
  chart.fit();

  // Each of `lines` has ys over the common xs, and at `here` a dot; rules and ticks are drawn too.
  chart.draw = (newXs, lines, here, more = () => ({ rules: [], ticks: [] })) => {
    [xs, series] = [Array.from(newXs), lines];
    chart.wide = ends(xs, logX, true);
    chart.tall = ends([...span, ...lines.flatMap(({ ys }) => [...ys])], logY);
    chart.x = scale(chart.wide, logX, left, right);
    chart.y = scale(chart.tall, logY, down, up);
    const own = more();
    const lineAt = [...own.rules, logY ? "" : `M${left} ${chart.y(0)}H${right}`, logX ? "" : `M${chart.x(0)} ${up}V${down}`];
    pool(rules, lineAt.length, "path", "bp-axis").forEach((node, k) => place(node, { d: lineAt[k] || "M0 0" }));
    const said = [...own.ticks, ...(logX ? [] : chart.wide.map((v, k) =>
      ({ x: chart.x(v), y: height - 6, text: tick(v), anchor: k && !labelled ? "end" : k ? "middle" : "start" })))];
    pool(ticks, said.length, "text").forEach((node, k) => {
      const { x, y, text, anchor, role } = said[k];
      place(node, { x, y, "text-anchor": anchor, class: `bp-tick ${role ? `bp-ink-${role}` : ""}` });
      write(node, text);
    });
    pool(curves, lines.length, "path").forEach((node, n) => {
      let pen = "M";
      const path = xs.map((v, i) => {
        const y = lines[n].ys[i];
        const step = Number.isFinite(y) ? `${pen}${chart.x(v).toFixed(1)} ${chart.y(y).toFixed(1)}` : "";
        pen = step ? "L" : "M";
        return step;
      });
      place(node, { d: path.join(""), class: `bp-curve bp-${lines[n].role}`, "stroke-dasharray": explorer.dash(lines[n].dash) });
    });
    const k = here === null ? -1 : nearest(xs, here);
    const seen = lines.filter(({ ys }) => Number.isFinite(ys[k]));
    pool(dots, seen.length, "circle", { r: 5.5 }).forEach((node, n) => place(node,
      { cx: chart.x(here), cy: chart.y(seen[n].ys[k]), class: `bp-dot bp-here bp-${seen[n].role}` }));
  };
  // The picked point's value stands beside it, on the side where the curve is not.
  chart.say = (v, w, digits) => {
    const { ys } = series[0];
    const k = xs.findIndex((one) => one >= v);
    const rise = Math.sign(ys[Math.min(k + 1, ys.length - 1)] - ys[Math.max(k - 1, 0)]) || 0;
    const aside = chart.x(v) < 50 ? 1 : chart.x(v) > width - 50 ? -1 : -rise;
    write(value, decimal(w, digits));
    place(value, { x: chart.x(v) + 11 * aside, y: Math.max(12, chart.y(w) - (aside ? 6 : 13)),
      "text-anchor": ["end", "middle", "start"][aside + 1] });
  };
  const far = (x) => (v) => Math.abs(chart.x(v) - x * width);
  readable(drawing, {
    size: () => [1, xs.length],
    find: (x) => [0, xs.map(far(x)).reduce((best, one, k, all) => (one < all[best] ? k : best), 0)],
    spot: ([, k]) => [chart.x(xs[k]) / width, 0.5],
    say: ([, k]) => `${name.textContent || "x"} = ${exact(xs[k])}: ${series.map(({ ys, label }) =>
      `${label ? `${label} ` : ""}${exact(ys[k])}`).join(", ")}`,
  });
  return chart;
}
