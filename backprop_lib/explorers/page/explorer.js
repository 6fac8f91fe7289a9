// The explorer on the page: what is shown, what the panels ask, and what the hand does.

// One for each model, shared by all its views.
class Explorer {
  constructor(model, Source = Kernel) {
    this.model = model;
    this.spec = model.get("spec");
    this.parameters = { ...model.get("parameters") };
    this.controls = this.spec.controls.filter((control) => control.shown);
    this.roles = this.spec.roles; // of every matrix, by name
    this.stops = this.spec.panels.find((panel) => panel.stops)?.stops ?? [];
    this.start = Object.fromEntries(this.spec.controls.map(({ name, start }) => [name, start]));
    this.views = new Set();
    this.touched = null; // the control under the hand,
    this.base = null; // and the frame when it got there
    this.latest = (this.controls.find(along) ?? this.controls[0])?.name;
    this.kernel = new Source(model, this);
    model.on("change:picked change:step", () => this.draw());
  }

  // What the panels ask.
  size(name) { return [1, 1, ...this.spec.largest[name]].slice(-2); }
  control(name) { return this.spec.controls.find((control) => control.name === name); }
  called(name) {
    const { positions, labels } = this.control(name);
    return labels[positions.indexOf(this.parameters[name])];
  }
  scale(name) { return this.roles[name] === "backward" ? "gradient" : "value"; }
  digits(name, exactly) { // the sum that makes a gradient has one more
    const digits = this.spec.look.digits[this.roles[name] === "loss" ? "gradient" : this.scale(name)];
    return digits + (exactly && this.roles[name] === "backward" ? 1 : 0);
  }
  sumOf(name) {
    const sums = this.spec.panels.flatMap((panel) => panel.sums ?? []);
    return sums.find((sum) => sum.of[0] === name || sum.then === name);
  }
  seen(name) { return this.later.has(name) ? undefined : this.frame.arrays[name]; }
  dash(k) { return this.spec.look.dashes[k % 3].join(" ") || "none"; }
  number(name) { return name ? this.frame.arrays[name].values[0] : null; }
  rests(name) { return !this.lights && Boolean(this.stop) && !this.stop.uses.includes(name); }
  lit(name) { return this.lights?.[name] ?? null; }
  moved(name, r, c, value) {
    const before = this.lights && this.base.arrays[name];
    if (!before || r >= before.rows || c >= before.columns) return 0;
    return same(value, before.at(r, c)) ? 0 : value - before.at(r, c);
  }
  words() {
    const { scope } = this;
    const said = [this.stop?.said, this.frame.words].filter(Boolean).join(" ");
    if (!scope) return said;
    const { entry, after, digits } = scope;
    const terms = scope.rows.length < 2 ? "" // the one term is the value
      : ` = ${joined(scope.rows.map((row) => row.term), digits)}`;
    const then = after ? `, and ${entryName(after)} = ${decimal(scope.then, digits)}` : "";
    const nudge = scope.nudge === null ? "" : `, by nudging ${decimal(scope.nudge, digits)}`;
    return `${said} ${entryName(entry)}${terms} = ${decimal(scope.value, digits)}${then}${nudge}.`;
  }
  trouble() {
    if (this.problem) return this.problem.replace(/(.)\.?$/, "$1. The last good picture stands.");
    return this.kernel.silent ? "The kernel is busy, or gone. What is here can still be moved." : "";
  }

  // The picked entry, the terms that made it, and where on the board they met.
  look() {
    const [name, ...index] = this.model.get("picked");
    const { arrays } = this.frame;
    const sum = name && this.sumOf(name);
    if (!sum || !this.seen(sum.of[0])) return null;
    const { shape } = arrays[sum.of[0]];
    const at = index.map((i, axis) => Math.min(i, shape[axis] - 1));
    const letters = Object.fromEntries(sum.of.slice(1).map((letter, axis) => [letter, at[axis]]));
    const terms = arrays[sum.terms];
    const start = at.reduce((whole, i, axis) => whole * shape[axis] + i, 0) * terms.shape.at(-1);
    const products = terms.shape.at(-1) - sum.plus.length;
    const read = (entry) => arrays[entry[0]].at(...corner(entry));
    const rows = Array.from({ length: terms.shape.at(-1) }, (_, k) => {
      const made = k < products ? sum.factors : [sum.plus[k - products]];
      const entries = made.map(([one, ...where]) => [one, ...where.map((letter) => letters[letter] ?? k)]);
      return { entries, values: entries.map(read), term: terms.values[start + k] };
    });
    const entry = [sum.of[0], ...at];
    const after = sum.then && this.seen(sum.then) ? [sum.then, ...at] : null;
    const other = name === sum.then ? entry : after;
    const met = {};
    for (const one of [...rows.flatMap((row) => row.entries), ...(other ? [other] : [])]) {
      const [r, c] = corner(one);
      const [top, left, bottom, right] = met[one[0]] ?? [r, c, r, c];
      met[one[0]] = [Math.min(top, r), Math.min(left, c), Math.max(bottom, r + 1), Math.max(right, c + 1)];
    }
    return { picked: [name, ...at], entry, after, sum, rows, met, digits: this.digits(entry[0], true),
      value: read(entry), then: after && read(after),
      nudge: sum.nudged ? read([sum.nudged, ...at]) : null };
  }

  // Which entries the touched control moves: those that differ at a neighbouring position, or have
  // moved since it was touched. Null where nothing is touched, or nothing moves.
  lighting() {
    const control = this.touched && this.control(this.touched);
    const sweep = control ? this.kernel.sweep(control.name) : [];
    if (!sweep.length) return null;
    const at = nearest(control.positions, this.parameters[control.name]);
    const near = (k) => (control.kind === "choice" || Math.abs(k - at) === 1) && k !== at;
    const others = [this.base, ...sweep.filter((frame, k) => frame && near(k))];
    const lights = {};
    for (const [name, array] of Object.entries(this.frame.arrays)) {
      if (array.values.length > 4000) continue;
      const rest = others.map(({ arrays }) => arrays[name]).filter((other) => other?.values !== array.values);
      lights[name] = Array.from(array.values, (value, k) => {
        const [r, c] = [Math.floor(k / array.columns), k % array.columns];
        return rest.some((other) =>
          !other || r >= other.rows || c >= other.columns || !same(value, other.at(r, c)));
      });
    }
    return Object.values(lights).some((mask) => mask.includes(true)) ? lights : null;
  }

  // What tells a frame from others; without the control `name`, a sweep.
  key(name, parameters = this.parameters) {
    const where = this.spec.controls.map((c) => (c.name === name ? null : parameters[c.name]));
    return JSON.stringify([name, ...where]);
  }
  rested() {
    const { model, spec } = this;
    return this.key() === this.key(undefined, this.start) && model.get("step") === "all"
      && String(model.get("picked")) === String(spec.picked);
  }

  // What the hand does.
  touch(name) {
    if (name === this.touched) return;
    this.touched = name;
    this.base = name && this.frame;
    this.kernel.ask(name);
    if (name && along(this.control(name))) this.latest = name;
    this.draw();
  }
  grab() { this.base = this.frame; }
  set(changes) {
    this.parameters = { ...this.parameters, ...changes };
    this.show(this.kernel.cached());
    this.kernel.ask(this.latest);
    this.draw();
    this.kernel.commit();
  }
  pick(entry) { if (this.sumOf(entry[0])) this.save({ picked: entry }); }
  go(step) {
    const first = this.sumOf(step) && { picked: [step, ...this.spec.largest[step].map(() => 0)] };
    this.save({ step, ...first });
  }
  reset() {
    this.set(this.start);
    this.save({ step: "all", picked: this.spec.picked });
  }
  save(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.kernel.send(() => this.model.save_changes(), false);
  }

  show(frame) {
    if (frame) Object.assign(this, { frame, problem: "" });
  }
  draw() {
    if (!this.frame || !this.kernel) return;
    const at = this.stops.findIndex((stop) => stop.name === this.model.get("step"));
    this.stop = this.stops[at]; // where the walk is; at the end there is none,
    this.later = new Set(at < 0 ? [] : this.stops.slice(at + 1).map((stop) => stop.name));
    this.scope = this.look();
    this.lights = this.lighting();
    for (const view of this.views) view();
  }
}

const along = (control) => control.ahead && ["number", "scrubber"].includes(control.kind);

// Equal, up to the last bits of float32.
function same(a, b) {
  return Object.is(a, b) || Math.abs(a - b) <= 1e-6 * (1 + Math.abs(a));
}

function nearest(positions, value) {
  const at = positions.indexOf(value);
  if (at >= 0 || typeof value !== "number") return at;
  const distances = positions.map((position) => Math.abs(position - value));
  return distances.indexOf(Math.min(...distances));
}
