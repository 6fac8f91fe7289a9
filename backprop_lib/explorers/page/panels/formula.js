// Formulas at work, live shapes under their letters.
PANELS.formula = (panel, explorer) => {
  const always = panel.lines.map((line) => formulaLine(line, explorer));
  const cases = Object.entries(panel.when)
    .map(([value, line]) => ({ value, ...formulaLine(line, explorer) }));
  const all = [...always, ...cases];
  const element = html("div", "bp-panel bp-formula", ...all.map(({ line }) => line));
  const draw = () => {
    const now = String(explorer.parameters[panel.control]);
    for (const { value, line } of cases) line.hidden = value !== now;
    for (const one of all) one.draw();
  };
  return { element, draw };
};
