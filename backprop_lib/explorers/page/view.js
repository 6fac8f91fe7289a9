// One view of an explorer: controls above, panels below, a line for what went wrong, a voice.

const SPEAK_AFTER = 400; // ms of rest before a screen reader is told

function view(explorer, el, signal) {
  const controls = explorer.controls.map((control) => {
    const made = CONTROLS[control.kind](control, explorer, signal);
    made.element.classList.add(`bp-on-${control.role}`);
    touching(made.element, control, explorer, signal);
    return made;
  });
  const panels = explorer.spec.panels.map((panel) => {
    const made = PANELS[panel.kind](panel, explorer, signal);
    made.element.classList.toggle("bp-wide", panel.wide);
    return made;
  });
  const start = Object.fromEntries(explorer.spec.controls.map((c) => [c.name, c.start]));
  const reset = html("button", { type: "button", class: "bp-reset" }, "reset");
  reset.addEventListener("click", () => explorer.set(start), { signal });
  const problem = html("p", { class: "bp-problem", role: "alert" });
  const voice = html("div", { class: "bp-voice", "aria-live": "polite" });
  const root = html("div", { class: "bp-explorer", role: "group", "aria-label": explorer.spec.title },
    html("div", { class: "bp-controls" }, ...controls.map((made) => made.element), reset), problem,
    html("div", { class: "bp-panels" }, ...panels.map((made) => made.element)), voice);

  // JupyterLab must not take our keys. Escape, Shift+Enter and what has a modifier stay its own.
  root.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const theirs = event.key === "Escape" || (event.shiftKey && event.key === "Enter");
    if (!modified && !theirs) event.stopPropagation();
  }, { signal });

  let soon;
  const draw = () => {
    root.classList.toggle("bp-touched", Boolean(explorer.lights));
    for (const made of [...controls, ...panels]) made.draw();
    reset.style.visibility = explorer.key() === explorer.key(undefined, start) ? "hidden" : "";
    problem.hidden = !explorer.problem;
    const line = (explorer.problem || "").replace(/(.)\.?$/, "$1. The last good picture stands.");
    write(problem, line);
    clearTimeout(soon);
    soon = setTimeout(() => write(voice, explorer.words()), SPEAK_AFTER);
  };
  explorer.views.add(draw);
  signal.addEventListener("abort", () => {
    explorer.views.delete(draw);
    clearTimeout(soon);
    root.remove();
  });
  explorer.draw();
  el.replaceChildren(root);
  explorer.ask(explorer.latest ?? explorer.controls[0]?.name);
}

export default () => {
  let explorer;
  return {
    initialize({ model }) {
      explorer = new Explorer(model);
    },
    render({ el, signal }) {
      view(explorer, el, signal);
    },
  };
};
