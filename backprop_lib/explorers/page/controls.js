// The controls: native inputs. Hovering, pressing and keyboard focus touch them; leaving lets go.

function heading(control, explorer) {
  const name = html("span", {}, control.label);
  if (control.cell) name.append(" ", entryLabel(control.cell, explorer));
  return name;
}

function slider(control, explorer, signal) {
  const { positions, labels } = control;
  const input = html("input", { type: "range", min: 0, max: positions.length - 1, step: 1 });
  const output = html("output");
  const label = html("span", { class: "bp-label" }, heading(control, explorer), output);
  const element = html("label", { class: "bp-control" }, label, input);
  input.addEventListener("input",
    () => explorer.set({ [control.name]: positions[input.valueAsNumber] }), { signal });
  const draw = () => {
    const value = explorer.parameters[control.name];
    const at = nearest(positions, value);
    const text = positions[at] === value ? labels[at] : decimal(value, 3);
    if (input.valueAsNumber !== at) input.value = at;
    input.setAttribute("aria-valuetext", text);
    write(output, text);
  };
  return { element, draw };
}

function choice(control, explorer, signal) {
  const name = `bp-${Math.random()}`; // radios of one name exclude one another on the whole page
  const radios = control.positions.map((value) => html("input", { type: "radio", name, value }));
  const labels = radios.map((radio, k) => html("label", {}, radio, html("span", {}, control.labels[k])));
  const element = html("fieldset", { class: "bp-control bp-choice" },
    html("legend", { class: "bp-label" }, control.label), html("span", { class: "bp-options" }, ...labels));
  radios.forEach((radio, k) => radio.addEventListener("change",
    () => explorer.set({ [control.name]: control.positions[k] }), { signal }));
  const draw = () => radios.forEach((radio, k) => {
    radio.checked = explorer.parameters[control.name] === control.positions[k];
  });
  return { element, draw };
}

function toggle(control, explorer, signal) {
  const input = html("input", { type: "checkbox" });
  const element = html("label", { class: "bp-control bp-switch" }, input, heading(control, explorer));
  input.addEventListener("change", () => explorer.set({ [control.name]: input.checked }), { signal });
  const draw = () => {
    input.checked = explorer.parameters[control.name];
  };
  return { element, draw };
}

const CONTROLS = { number: slider, integer: slider, choice, switch: toggle };

function touching(element, control, explorer, signal) {
  const held = { over: false, down: false, keys: false };
  const on = (target, type, learn) => target.addEventListener(type, (event) => {
    Object.assign(held, learn(event));
    if (held.over || held.down || held.keys) explorer.touch(control.name);
    else if (explorer.touched === control.name) explorer.touch(null);
  }, { signal });
  on(element, "pointerenter", () => ({ over: true }));
  on(element, "pointerleave", () => ({ over: false }));
  on(element, "pointerdown", () => ({ down: true }));
  on(window, "pointerup", () => ({ down: false }));
  on(window, "pointercancel", () => ({ down: false, over: false }));
  on(element, "focusin", (event) => ({ keys: event.target.matches(":focus-visible") }));
  on(element, "focusout", () => ({ keys: false }));
  element.addEventListener("pointerdown", () => explorer.grab(), { signal });
}

function nearest(positions, value) {
  const at = positions.indexOf(value);
  if (at >= 0 || typeof value !== "number") return at;
  const distances = positions.map((position) => Math.abs(position - value));
  return distances.indexOf(Math.min(...distances));
}
