// Formulas with live shapes under their letters, and the scrubber that walks a pass by its stops.

// One formula from its tokens. Under a transposed letter stands the transposed shape.
function formulaLine(tokens, explorer, through) {
  const shapes = [];
  const words = [];
  const line = html("div", { class: "bp-line" });
  for (const [text, power] of tokens) {
    const turned = power.endsWith("T");
    const own = turned ? power.slice(0, -1) : power;
    const name = own && explorer.roles[`${text}^${own}`] ? `${text}^${own}` : text;
    if (explorer.roles[name]) {
      const shape = html("span", { class: "bp-shape" });
      const letter = html("span", {}, symbol(name, explorer), turned ? html("sup", {}, "T") : "");
      line.append(html("span", { class: "bp-letter" }, letter, shape));
      shapes.push([name, shape, turned]);
    } else if (text === "g" && through) {
      words.push(line.appendChild(html("span", {})));
    } else {
      line.append(text.trim() ? text : html("span", { class: "bp-space" }));
      if (power) line.append(html("sup", {}, power));
    }
  }
  const draw = () => {
    for (const word of words) write(word, explorer.called(through));
    for (const [name, shape, turned] of shapes) {
      const array = explorer.frame.arrays[name];
      write(shape, array ? shapeName(turned ? [...array.shape].reverse() : array.shape) : "");
    }
  };
  return { line, draw };
}

function formula(panel, explorer) {
  const always = panel.lines.map((line) => formulaLine(line, explorer));
  const cases = Object.entries(panel.when)
    .map(([value, line]) => ({ value, ...formulaLine(line, explorer) }));
  const all = [...always, ...cases];
  const element = html("div", { class: "bp-panel bp-formula" }, ...all.map(({ line }) => line));
  const draw = () => {
    const now = String(explorer.parameters[panel.control]);
    for (const { value, line } of cases) line.hidden = value !== now;
    for (const one of all) one.draw();
  };
  return { element, draw };
}

// The rail, blue on the way forward and vermilion on the way back; below it, the formula at work.
function scrubber(panel, explorer, signal) {
  const names = [...panel.stops.map(({ name }) => name), "all"];
  const last = names.length - 1;
  const back = names.findIndex((name) => explorer.roles[name] === "backward");
  const input = html("input", { type: "range", min: 0, max: last, step: 1, "aria-label": "step of the pass" });
  const at = () => Math.max(0, explorer.stop ? names.indexOf(explorer.stop.name) : last);
  const move = (k) => explorer.go(names[Math.max(0, Math.min(k, last))]);
  input.addEventListener("input", () => move(input.valueAsNumber), { signal });
  const stops = names.map((name, k) => {
    const button = html("button", { type: "button", tabindex: -1, style: `left: ${(100 * k) / last}%` },
      k === last ? "all" : symbol(name, explorer));
    button.addEventListener("click", () => move(k), { signal });
    return button;
  });
  const step = (by, text, label) => {
    const button = html("button", { type: "button", class: "bp-step", "aria-label": label }, text);
    button.addEventListener("click", () => move(at() + by), { signal });
    return button;
  };
  const [before, after] = [step(-1, "‹", "one step back"), step(1, "›", "one step on")];
  const rail = html("div", { class: "bp-rail", style: `--turn: ${(100 * (back - 0.5)) / last}%` },
    html("div", { class: "bp-stops" }, ...stops), input);
  const works = panel.stops.map((stop) => {
    const made = formulaLine(stop.formula, explorer, panel.through);
    return { ...made, node: html("div", {}, made.line, html("p", { class: "bp-quiet" }, stop.note)) };
  });
  const end = html("p", {}, panel.note);
  const element = html("div", { class: "bp-panel bp-scrubber" },
    html("div", { class: "bp-way" }, before, rail, after),
    html("div", { class: "bp-work" }, ...works.map(({ node }) => node), end));
  const draw = () => {
    const now = at();
    if (input.valueAsNumber !== now) input.value = now;
    input.setAttribute("aria-valuetext", now === last ? "all" : plain(names[now]));
    element.classList.toggle("bp-backwards", now >= back && now < last);
    before.disabled = now === 0;
    after.disabled = now === last;
    stops.forEach((button, k) => { button.className = k === now ? "bp-now" : k > now ? "bp-later" : ""; });
    works.forEach(({ node, draw: drawLine }, k) => {
      show(node, k === now);
      if (k === now) drawLine();
    });
    show(end, now === last);
  };
  return { element, draw };
}
