// The sum that made the picked entry: each bar begins where the last one ended.
PANELS.microscope = (panel, explorer) => {
  const title = html("div", "bp-title");
  const body = html("tbody");
  const element = html("div", "bp-panel bp-microscope", title, html("table", {}, body));
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
    const sigma = html("span", "bp-sigma", "Σ");
    if (sum.over) title.append(sigma, html("sub", {}, sum.over), " ");
    title.append(...product(sum.factors.map(fixed)));
    for (const one of sum.plus) title.append(" + ", entryLabel(fixed(one), explorer));
    body.replaceChildren();
    rows = terms.map(({ entries }) => addRow("bp-term", product(entries)));
    rows.push(addRow("bp-total", [entryLabel(entry, explorer)]));
    if (after) rows.push(addRow("bp-after", [entryLabel(after, explorer)]));
    if (!sum.nudged) return;
    const nudge = addRow("bp-after bp-nudge", ["nudge ", entryLabel([entry[0].slice(1), ...entry.slice(1)], explorer)]);
    nudge.factors.append("by ± h");
    rows.push({ ...nudge, fixed: true });
  };
  const names = panel.sums.flatMap((sum) => [sum.of[0], sum.then]).filter(Boolean);
  const hint = `Pick an entry of ${names.length > 2 ? "any gradient" : names.map(plain).join(" or ")} to see its sum.`;
  element.append(html("p", "bp-hint", hint));
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
    const reach = reachOf(spans.flat());
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
};
