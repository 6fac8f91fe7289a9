// The other panels: each function makes one kind from its spec and returns { element, draw }.
// To add a panel: a dataclass in panels.py, a function here and in figure.py, a line in each PANELS.

// The sum that made the picked entry: each bar begins where the last one ended.
function microscope(panel, explorer) {
  const title = html("div", { class: "bp-title" });
  const body = html("tbody");
  const element = html("div", { class: "bp-panel bp-microscope" }, title, html("table", {}, body));
  const product = (entries) =>
    entries.flatMap((entry, k) => [k ? " · " : "", entryLabel(entry, explorer)]);
  const addRow = (kind, label) => {
    const [factors, value, bar, mark] = [html("td"), html("td"), html("td"), html("i")];
    bar.append(mark);
    const head = html("th", { scope: "row" }, ...label);
    body.append(html("tr", { class: kind }, head, factors, value, bar));
    return { factors, value, mark };
  };
  let rows = [];
  const relabel = ({ sum, entry, after, rows: terms }) => {
    const at = Object.fromEntries(sum.of.slice(1).map((letter, axis) => [letter, entry[axis + 1]]));
    const fixed = ([name, ...index]) => [name, ...index.map((letter) => at[letter] ?? letter)];
    title.replaceChildren(entryLabel(entry, explorer), " = ");
    const sigma = html("span", { class: "bp-sigma" }, "Σ");
    if (sum.over) title.append(sigma, html("sub", {}, sum.over), " ");
    title.append(...product(sum.factors.map(fixed)));
    for (const one of sum.plus) title.append(" + ", entryLabel(fixed(one), explorer));
    body.replaceChildren();
    rows = terms.map(({ entries }) => addRow("bp-term", product(entries)));
    rows.push(addRow("bp-total", [entryLabel(entry, explorer)]));
    if (after) rows.push(addRow("bp-after", [entryLabel(after, explorer)]));
    if (!sum.nudged) return;
    const nudge = addRow("bp-after bp-nudge", ["nudge ", entryLabel([entry[0].slice(1), ...entry.slice(1)], explorer)]);
    nudge.factors.append("(", symbol("L", explorer), "₊ − ", symbol("L", explorer), "₋) / 2h");
    rows.push({ ...nudge, fixed: true });
  };
  const names = panel.sums.flatMap((sum) => [sum.of[0], sum.then]).filter(Boolean);
  const hint = names.length > 2 ? "Pick an entry of any gradient to see the sum that made it."
    : `Pick any entry of ${names.map(plain).join(" or ")} to see its sum.`;
  element.append(html("p", { class: "bp-hint" }, hint));
  let labelled = "";
  const draw = () => {
    const { scope } = explorer;
    element.classList.toggle("bp-empty", !scope);
    if (!scope) return;
    const { digits } = scope;
    const name = `${entryName(scope.picked)} ${scope.after}`;
    if (labelled !== name) relabel(scope);
    labelled = name;
    let run = 0;
    const spans = scope.rows.map(({ term }) => [run, (run += term)]);
    const results = [scope.value, ...(scope.after ? [scope.then] : []), ...(scope.sum.nudged ? [scope.nudge] : [])];
    spans.push(...results.map((value) => [0, value]));
    const values = [...scope.rows.map((row) => row.term), ...results];
    const reach = nice(Math.max(1e-9, ...spans.flat().filter(Number.isFinite).map(Math.abs)));
    const said = scope.rows.map(({ entries, values: factors }) => (factors.length < 2 ? ""
      : factors.map((factor, k) => decimal(factor, explorer.digits(entries[k][0]))).join(" · ")));
    const called = scope.after && explorer.called(scope.sum.through);
    if (called) said.push("", `${called}(${decimal(scope.value, digits)})`);
    rows.forEach((row, k) => {
      write(row.value, decimal(values[k], digits));
      if (!row.fixed) write(row.factors, said[k] ?? "");
      const [from, to] = spans[k].map((end) => 50 + (50 * (end || 0)) / reach);
      row.mark.style.cssText = `left: ${Math.min(from, to)}%; width: ${Math.abs(to - from)}%`;
      row.mark.className = values[k] < 0 ? "bp-negative" : `bp-${explorer.roles[scope.entry[0]]}`;
    });
  };
  return { element, draw };
}

// Bare axes for a curve: x from edge to edge, y with 0 in sight. A point beyond stands at the edge.
function plot(role) {
  const [width, height, side, up, down] = [300, 190, 12, 14, 26];
  const foot = (name, x) => svg("text", { class: `bp-tick ${name}`, x, y: height - 6 });
  const curve = svg("path", { class: "bp-curve" });
  const [across, upward] = [svg("path", { class: "bp-axis" }), svg("path", { class: "bp-axis" })];
  const [first, last] = [foot("", side), foot("bp-end", width - side)];
  const name = foot("bp-middle", width / 2);
  const [marks, value] = [svg("g"), svg("text", { class: "bp-value" })];
  const title = html("div", { class: "bp-title" });
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" },
    across, upward, curve, marks, first, last, name, value);
  const element = html("div", {}, title, drawing);
  const wear = (colour) => { element.className = `bp-panel bp-plot bp-on-${colour}`; };
  wear(role);

  let [xs, ys, low, high] = [[0, 1], [0, 0], 0, 1];
  const part = (v, from, to) => (Math.min(Math.max(v, from), to) - from) / (to - from || 1);
  const x = (v) => side + (width - 2 * side) * part(v, xs[0], xs.at(-1));
  const y = (v) => height - down - (height - up - down) * part(v, low, high);
  const draw = (newXs, newYs) => {
    [xs, ys] = [newXs, newYs];
    const finite = [...ys].filter(Number.isFinite);
    [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
    let pen = "M";
    const path = Array.from(xs, (v, k) => {
      const step = Number.isFinite(ys[k]) ? `${pen}${x(v).toFixed(1)} ${y(ys[k]).toFixed(1)}` : "";
      pen = step ? "L" : "M";
      return step;
    });
    curve.setAttribute("d", path.join(""));
    across.setAttribute("d", `M${side} ${y(0)}H${width - side}`);
    upward.setAttribute("d", `M${x(0)} ${up}V${height - down}`);
    write(first, decimal(xs[0], 0));
    write(last, decimal(xs.at(-1), 0));
  };
  // The picked point's value stands beside it, on the side where the curve is not.
  const say = (v, w, digits) => {
    const k = xs.findIndex((one) => one >= v);
    const rise = Math.sign(ys[Math.min(k + 1, ys.length - 1)] - ys[Math.max(k - 1, 0)]) || 0;
    const aside = x(v) < 50 ? 1 : x(v) > width - 50 ? -1 : -rise;
    write(value, decimal(w, digits));
    place(value, { x: x(v) + 11 * aside, y: Math.max(12, y(w) - (aside ? 6 : 13)),
      "text-anchor": ["end", "middle", "start"][aside + 1] });
  };
  return { element, draw, wear, title, drawing, name, marks, x, y, say };
}

function lines(panel, explorer) {
  const chart = plot(explorer.roles[panel.points[1]]);
  chart.name.append(symbol(panel.points[0], explorer, svg));
  const [dots, last] = [svg("g"), svg("circle", { class: "bp-dot bp-here", r: 6 })];
  chart.marks.append(dots, last);
  const draw = () => {
    const { arrays } = explorer.frame;
    const [from, to] = panel.points.map((name) => arrays[name]);
    const called = explorer.called(panel.through);
    chart.draw(...panel.curve.map((name) => arrays[name].values));
    chart.title.replaceChildren(symbol(panel.points[1], explorer), ` = ${called}(`,
      symbol(panel.points[0], explorer), ")");
    chart.drawing.setAttribute("aria-label", `${called}, with every entry as a point on it`);
    while (dots.childElementCount < from.values.length) dots.append(svg("circle", { r: 4.5 }));
    const lit = explorer.lit(panel.points[0]);
    const here = explorer.scope?.entry[0] === panel.points[0] && corner(explorer.scope.picked);
    show(last, false);
    [...dots.children].forEach((dot, k) => {
      const [v, w] = [from.values[k], to.values[k]];
      const seen = Number.isFinite(v) && Number.isFinite(w);
      const picked = here && k === here[0] * from.columns + here[1];
      show(dot, seen && !picked);
      if (!seen) return;
      const [cx, cy] = [chart.x(v), chart.y(w)];
      place(dot, { cx, cy, class: `bp-dot ${lit && !lit[k] ? "bp-dim" : ""}` });
      if (!picked) return;
      show(last, true);
      place(last, { cx, cy });
      chart.say(v, w, explorer.digits(panel.points[1]));
    });
  };
  return { element: chart.element, draw };
}

function along(panel, explorer) {
  const chart = plot("forward");
  const dot = svg("circle", { class: "bp-dot bp-here", r: 6 });
  chart.marks.append(dot);
  const draw = () => {
    const control = explorer.control(explorer.latest);
    const sweep = control && explorer.sweeps.get(explorer.key(control.name));
    const entry = panel.of ? [panel.of] : explorer.scope?.after ?? explorer.scope?.entry;
    chart.element.style.visibility = sweep && entry ? "" : "hidden";
    if (!sweep || !entry) return;
    const [name] = entry;
    const read = (frame) => frame?.arrays[name]?.at(...corner(entry)) ?? NaN;
    const [here, value] = [explorer.parameters[control.name], read(explorer.frame)];
    chart.wear(explorer.roles[name]);
    chart.draw(control.positions, sweep.map(read));
    place(dot, { cx: chart.x(here), cy: chart.y(value) });
    chart.say(here, value, explorer.digits(name));
    const moves = html("span", { class: "bp-quiet" }, ` as the ${control.label} moves`);
    const label = entry.length > 1 ? entryLabel(entry, explorer) : symbol(name, explorer);
    chart.title.replaceChildren(label, moves);
    const held = control.cell ? entryLabel(control.cell, explorer, svg) : control.label;
    chart.name.replaceChildren(held);
    const now = decimal(value, explorer.digits(name));
    chart.drawing.setAttribute("aria-label", `${chart.title.textContent}: now ${now}`);
  };
  return { element: chart.element, draw };
}

// One bar for each single number, from 0; what is not computed yet has none.
function bars(panel, explorer) {
  const element = html("div", { class: "bp-panel bp-bars" }, html("div", { class: "bp-title" }, panel.title));
  const rows = panel.bars.map(([name, number]) => {
    const [bar, value] = [html("i"), html("span", { class: "bp-length" })];
    const label = html("span", {}, symbol(name, explorer));
    element.append(html("div", { class: `bp-row-of bp-on-${explorer.roles[name] ?? "backward"}` }, label, html("b", {}, bar), value));
    return { name, number, bar, value };
  });
  const draw = () => {
    const read = (number) => explorer.frame.arrays[number].values[0];
    const reach = nice(Math.max(1e-9, ...rows.map(({ number }) => read(number)).filter(Number.isFinite)));
    for (const { name, number, bar, value } of rows) {
      const there = !explorer.later.has(name);
      bar.style.width = there ? `${(100 * read(number)) / reach}%` : "0";
      write(value, there ? lengthName(read(number)) : "");
    }
  };
  return { element, draw };
}

function words(panel, explorer) {
  const element = html("p", { class: "bp-panel bp-words" });
  return { element, draw: () => write(element, explorer.words()) };
}

const PANELS = { scrubber, formula, board, microscope, lines, along, bars, words };
