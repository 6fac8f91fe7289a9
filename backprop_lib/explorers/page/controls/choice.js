// One of a few, in a row.
CONTROLS.choice = (control, explorer) => {
  const name = `bp-${Math.random()}`; // radios of one name exclude one another on the whole page
  const radios = control.positions.map((value) => html("input", { type: "radio", name, value }));
  const labels = radios.map((radio, k) => html("label", {}, radio, html("span", {}, control.labels[k])));
  const element = html("fieldset", "bp-control bp-choice",
    html("legend", "bp-label", control.label), html("span", "bp-options", ...labels));
  radios.forEach((radio, k) => radio.addEventListener("change",
    () => explorer.set({ [control.name]: control.positions[k] })));
  const draw = () => radios.forEach((radio, k) => {
    radio.checked = explorer.parameters[control.name] === control.positions[k];
  });
  return { element, draw };
};
