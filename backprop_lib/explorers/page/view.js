// One view of an explorer: controls above, panels below, a line for what went wrong, a voice.

const SPEAK_AFTER = 400; // ms of rest before a screen reader is told

function view(explorer, el, signal) {
  const controls = explorer.controls.map((control) => {
    const made = CONTROLS[control.kind](control, explorer);
    made.element.classList.add(`bp-${control.role}`);
    touching(made.element, control, explorer, signal);
    return made;
  });
  const panels = explorer.spec.panels.map((panel) => {
    const made = PANELS[panel.kind](panel, explorer);
    made.element.classList.toggle("bp-wide", panel.wide);
    return made;
  });
  const reset = html("button", { type: "button", class: "bp-reset" }, "reset");
  reset.addEventListener("click", () => explorer.reset());
  const trouble = html("p", { class: "bp-problem", role: "alert" });
  const voice = html("div", { class: "bp-voice", "aria-live": "polite" });
  const tag = html("div", { class: "bp-tag", "aria-hidden": "true" });
  const root = html("div", { class: "bp-explorer", role: "group", "aria-label": explorer.spec.title },
    html("div", "bp-controls", ...controls.map((made) => made.element), reset), trouble,
    html("div", "bp-panels", ...panels.map((made) => made.element)), voice, tag);

  // A host must not take our keys. Escape, Shift+Enter and what has a modifier stay its own.
  // Notebook 7 looks at keys on their way down, and leaves alone what has this attribute.
  const ours = ({ ctrlKey, metaKey, altKey, shiftKey, key }) =>
    !(ctrlKey || metaKey || altKey || key === "Escape" || (shiftKey && key === "Enter"));
  addEventListener("keydown", (event) => {
    const { target } = event;
    if (root.contains(target)) target.toggleAttribute("data-lm-suppress-shortcuts", ours(event));
  }, { capture: true, signal });
  root.addEventListener("keydown", (event) => { if (ours(event)) event.stopPropagation(); });

  // What the pointer or the arrow keys read exactly stands beside it, and moves with the numbers.
  let reading = null;
  const read = () => {
    show(tag, reading);
    if (reading) write(tag, reading.say());
  };
  root.addEventListener("bp-read", ({ detail }) => {
    reading = detail;
    read();
    if (!reading) return;
    const box = root.getBoundingClientRect();
    const [x, y] = [reading.x - box.left, reading.y - box.top];
    tag.style.cssText = x > box.width / 2 ? `right: ${box.width - x + 10}px; top: ${y + 14}px` : `left: ${x + 12}px; top: ${y + 14}px`;
    if (reading.spoken) write(voice, tag.textContent);
  });
  root.addEventListener("pointerleave", () => { reading = null; read(); });

  let soon;
  const draw = (again) => {
    root.classList.toggle("bp-touched", Boolean(explorer.lights));
    for (const made of [...controls, ...panels]) made.draw(again);
    reset.style.visibility = explorer.rested() ? "hidden" : "";
    const line = explorer.trouble();
    trouble.hidden = !line;
    write(trouble, line);
    read();
    clearTimeout(soon);
    soon = setTimeout(() => write(voice, explorer.words()), SPEAK_AFTER);
  };
  const redraw = () => draw(true); // the size or the theme is another
  let wide;
  const sizes = new ResizeObserver(() => {
    if (wide !== (wide = root.clientWidth)) redraw();
  });
  const themes = new MutationObserver(redraw);
  sizes.observe(root);
  addEventListener("resize", redraw, { signal }); // a zoom, too
  for (const node of [document.documentElement, document.body]) themes.observe(node, { attributes: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw, { signal });
  explorer.views.add(draw);
  signal.addEventListener("abort", () => {
    explorer.views.delete(draw);
    sizes.disconnect();
    themes.disconnect();
    clearTimeout(soon);
    root.remove();
  });
  explorer.draw();
  el.replaceChildren(root);
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
