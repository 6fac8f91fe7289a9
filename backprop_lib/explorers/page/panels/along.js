// One number over the sweep of the control moved last: where the hand may go.
PANELS.along = (panel, explorer) => {
  const chart = plot(explorer);
  let named = "";
  const title = (entry, control) => {
    if (named === (named = `${entry} ${control.name}`)) return;
    const moves = html("span", "bp-quiet", ` as the ${control.label} moves`);
    chart.title.replaceChildren(entryLabel(entry, explorer), moves);
    chart.name.replaceChildren(control.cell ? entryLabel(control.cell, explorer, svg) : control.label);
  };
  const draw = (again) => {
    if (again) chart.fit();
    const control = explorer.control(explorer.latest);
    const sweep = control && along(control) ? explorer.kernel.sweep(control.name) : [];
    const entry = panel.of ? [panel.of] : explorer.scope?.after ?? explorer.scope?.entry;
    chart.element.style.visibility = sweep.length && entry ? "" : "hidden";
    if (!sweep.length || !entry) return;
    const [name] = entry;
    const read = (frame) => frame?.arrays[name]?.at(...corner(entry)) ?? NaN;
    const [here, value] = [explorer.parameters[control.name], read(explorer.frame)];
    const ys = control.positions.map((_, k) => read(sweep[k]));
    chart.draw(control.positions, [{ ys, role: explorer.roles[name], dash: 0 }], here);
    chart.say(here, value, explorer.digits(name));
    title(entry, control);
    const said = decimal(value, explorer.digits(name));
    chart.drawing.setAttribute("aria-label", `${chart.title.textContent}: now ${said}`);
  };
  return { element: chart.element, draw };
};
