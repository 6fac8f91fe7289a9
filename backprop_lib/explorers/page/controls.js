// The controls: native inputs. Hovering, pressing and keyboard focus touch them; leaving lets go.

const WHOLE_PLAY = 6000; // ms that playing from end to end takes

function heading(control, explorer) {
  const name = html("span", {}, control.label);
  if (control.cell) name.append(" ", entryLabel(control.cell, explorer));
  return name;
}

CONTROLS.number = (control, explorer) => {
  const { positions, labels } = control;
  const input = html("input", { type: "range", min: 0, max: positions.length - 1, step: 1,
    "aria-label": `${control.label} ${control.entry}`.trim() });
  const output = html("b", "bp-reading");
  const label = html("span", "bp-label", heading(control, explorer), output);
  const element = html("label", "bp-control", label, input);
  input.addEventListener("input",
    () => explorer.set({ [control.name]: positions[input.valueAsNumber] }));
  const draw = () => {
    const value = explorer.parameters[control.name];
    const at = nearest(positions, value);
    const text = positions[at] === value ? labels[at] : decimal(value, 3);
    if (input.valueAsNumber !== at) input.value = at;
    input.setAttribute("aria-valuetext", text);
    write(output, text);
  };
  return { element, draw };
};
CONTROLS.integer = CONTROLS.number;

// One step back, play or pause, one step on. Who wants little motion sees few and slow steps.
function drive(at, last, move, pace = clamp(WHOLE_PLAY / last, 40, 900)) {
  const button = (text, label, act) => {
    const made = html("button", { type: "button", class: "bp-step", "aria-label": label }, text);
    made.addEventListener("click", act);
    return made;
  };
  let timer;
  const pause = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const step = (by) => () => {
    pause();
    move(clamp(at() + by, 0, last));
  };
  const start = () => {
    if (timer) pause();
    else {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const by = still ? Math.ceil(last / 10) : 1;
      if (at() === last) move(0);
      let expected = at();
      timer = setInterval(() => {
        if (at() !== expected || expected === last || !play.isConnected) pause(); // a hand has taken over
        else move(expected = Math.min(last, expected + by));
        draw();
      }, still ? Math.max(1000, pace) : pace);
    }
    draw();
  };
  const [before, play, after] = [button("‹", "one step back", step(-1)), button("▸", "play", start), button("›", "one step on", step(1))];
  play.classList.add("bp-play");
  const draw = () => {
    write(play, timer ? "❙❙" : "▸");
    play.setAttribute("aria-label", timer ? "pause" : "play");
    before.disabled = at() === 0;
    after.disabled = at() === last;
  };
  return { before, play, after, draw };
}

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
  element.addEventListener("pointerdown", () => explorer.grab());
}
