// The walk through a pass: a rail of stops, blue on the way forward and vermilion on the way back;
// below it, the formula at work.
PANELS.walk = (panel, explorer) => {
  const names = [...panel.stops.map(({ name }) => name), "all"];
  const last = names.length - 1;
  const back = names.findIndex((name) => explorer.roles[name] === "backward");
  const input = html("input", { type: "range", min: 0, max: last, step: 1, "aria-label": "step of the pass" });
  const at = () => Math.max(0, explorer.stop ? names.indexOf(explorer.stop.name) : last);
  const move = (k) => explorer.go(names[k]);
  input.addEventListener("input", () => move(input.valueAsNumber));
  const stops = names.map((name, k) => {
    const button = html("button", { type: "button", tabindex: -1, style: `left: ${(100 * k) / last}%` },
      k === last ? "all" : symbol(name, explorer));
    button.addEventListener("click", () => move(k));
    return button;
  });
  const driver = drive(at, last, move, 900);
  const turn = back < 0 ? 100 : (100 * (back - 0.5)) / last;
  const rail = html("div", { class: "bp-rail", style: `--turn: ${turn}%` },
    html("div", "bp-stops", ...stops), input);
  const works = panel.stops.map((stop) => {
    const made = (panel.numbers ? numbersLine : formulaLine)(stop.formula, explorer, panel.through);
    return { ...made, node: html("div", {}, made.line, html("p", "bp-quiet", stop.note)) };
  });
  const end = html("p", {}, panel.note);
  const element = html("div", "bp-panel bp-walk",
    html("div", "bp-way", driver.before, driver.play, rail, driver.after),
    html("div", "bp-work", ...works.map(({ node }) => node), end));
  const draw = () => {
    const now = at();
    if (input.valueAsNumber !== now) input.value = now;
    input.setAttribute("aria-valuetext", now === last ? "all" : plain(names[now]));
    driver.draw();
    stops.forEach((button, k) => { button.className = k === now ? "bp-now" : k > now ? "bp-later" : ""; });
    works.forEach(({ node, draw: drawLine }, k) => {
      show(node, k === now);
      if (k === now) drawLine();
    });
    show(end, now === last);
  };
  return { element, draw };
};
