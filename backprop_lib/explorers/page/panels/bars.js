// One bar for each number, from 0 or to both sides of it; what is not computed yet has none.
PANELS.bars = (panel, explorer) => {
  const { title } = titled(panel, explorer);
  const rows = panel.bars.flatMap(([name, number]) => {
    const [high, wide] = explorer.size(number);
    return Array.from({ length: high * wide }, (_, k) => {
      const [bar, value] = [html("i"), html("span", "bp-length")];
      const label = panel.labels[k] ?? (high * wide > 1 ? k : symbol(name, explorer));
      return { name, number, k, bar, value, row: [html("span", {}, label), html("b", {}, bar), value] };
    });
  });
  const element = html("div", `bp-panel bp-bars ${panel.signed ? "bp-signed" : ""}`,
    title, ...rows.flatMap(({ row }) => row));
  const draw = () => {
    const values = rows.map(({ name, number, k }) =>
      (explorer.later.has(name) ? undefined : explorer.frame.arrays[number]?.values[k]));
    const reach = panel.reach || reachOf(values.map((value) => value ?? 0));
    rows.forEach(({ name, bar, value }, k) => {
      const now = values[k];
      const share = Number.isFinite(now) ? Math.min(1, Math.abs(now) / reach) : 0;
      bar.style.width = `${100 * share}%`;
      bar.className = `bp-${now < 0 ? "negative" : explorer.roles[name]}`;
      write(value, now === undefined ? "" : panel.signed ? decimal(now, 3) : lengthName(now));
    });
  };
  return { element, draw };
};
