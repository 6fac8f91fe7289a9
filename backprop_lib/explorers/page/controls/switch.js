// On or off.
CONTROLS.switch = (control, explorer) => {
  const input = html("input", { type: "checkbox", role: "switch" });
  const element = html("label", "bp-control bp-switch", input, heading(control, explorer));
  input.addEventListener("change", () => explorer.set({ [control.name]: input.checked }));
  const draw = () => {
    input.checked = explorer.parameters[control.name];
  };
  return { element, draw };
};
