// The explorer on the page: what is shown, the sweeps that follow the hand, and the kernel told later.

const COMMIT_EVERY = 60; // ms between two messages to the kernel during a drag
const KEEP = 60; // sweeps in memory

// Numbers arrive as DataView, Uint8Array or ArrayBuffer, and rarely at a multiple of four bytes.
function floats(buffer) {
  const bytes = buffer instanceof ArrayBuffer ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  return new Float32Array(bytes.slice().buffer);
}

// Frames of arrays, each as rows × columns: a vector is one row. A frame that failed is null.
function decode(headers, buffer) {
  const numbers = floats(buffer);
  let start = 0;
  return headers.map(({ shapes, words: said }) => {
    const arrays = {};
    for (const [name, shape] of Object.entries(shapes)) {
      const [rows, columns] = [1, 1, ...shape].slice(-2);
      const values = numbers.subarray(start, (start += shape.reduce((a, b) => a * b, 1)));
      arrays[name] = { shape, rows, columns, values, at: (r, c) => values[r * columns + c] };
    }
    return said === null ? null : { arrays, words: said };
  });
}

// One for each model, shared by all its views.
class Explorer {
  constructor(model) {
    this.model = model;
    this.spec = model.get("spec");
    this.parameters = { ...model.get("parameters") };
    this.controls = this.spec.controls.filter((control) => control.shown);
    this.roles = this.spec.roles; // of every matrix, by name
    this.stops = this.spec.panels.find((panel) => panel.stops)?.stops ?? [];
    this.sweeps = new Map();
    this.asked = new Set();
    this.commits = []; // our own messages that the kernel has not answered
    this.views = new Set();
    this.touched = null; // the control under the hand,
    this.base = null; // and the frame when it got there
    this.latest = this.controls.find((control) => control.kind === "number")?.name;
    this.receive(model.get("frame"));
    model.on("change:frame change:parameters", () => this.follow());
    model.on("change:picked change:step", () => this.draw());
    model.on("msg:custom", (content, buffers) => this.learn(content, buffers));
  }

  // What the panels ask.
  rank(name) { return this.spec.largest[name].length; }
  size(name) { return [1, 1, ...this.spec.largest[name]].slice(-2); }
  control(name) { return this.spec.controls.find((control) => control.name === name); }
  called(name) {
    const { positions, labels } = this.control(name);
    return labels[positions.indexOf(this.parameters[name])];
  }
  scale(name) { return this.roles[name] === "backward" ? "gradient" : "value"; }
  digits(name, exact) { // the sum that makes a gradient has one more
    const digits = this.spec.look.digits[this.roles[name] === "loss" ? "gradient" : this.scale(name)];
    return digits + (exact && this.roles[name] === "backward" ? 1 : 0);
  }
  sumOf(name) {
    const sums = this.spec.panels.flatMap((panel) => panel.sums ?? []);
    return sums.find((sum) => sum.of[0] === name || sum.then === name);
  }
  seen(name) { return this.later.has(name) ? undefined : this.frame.arrays[name]; }
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
    const sweep = control && this.sweeps.get(this.key(control.name));
    if (!sweep) return null;
    const at = nearest(control.positions, this.parameters[control.name]);
    const near = (k) => (control.kind === "choice" || Math.abs(k - at) === 1) && k !== at;
    const others = [this.base, ...sweep.filter((frame, k) => frame && near(k))];
    const differs = (name, r, c, value) => others.some(({ arrays: { [name]: other } }) =>
      !other || r >= other.rows || c >= other.columns || !same(value, other.at(r, c)));
    const lights = {};
    for (const [name, array] of Object.entries(this.frame.arrays)) {
      lights[name] = Array.from(array.values, (value, k) =>
        differs(name, Math.floor(k / array.columns), k % array.columns, value));
    }
    return Object.values(lights).some((mask) => mask.includes(true)) ? lights : null;
  }

  // Sweeps, kept by the control and by where the others stand.
  key(name, parameters = this.parameters) {
    const where = this.spec.controls.map((c) => (c.name === name ? null : parameters[c.name]));
    return JSON.stringify([name, ...where]);
  }
  ask(name) {
    const key = this.key(name);
    if (!name || this.sweeps.has(key) || this.asked.has(key)) return;
    this.asked.add(key);
    this.model.send({ kind: "sweep", key, control: name, parameters: this.parameters });
  }
  learn(content, buffers) {
    if (content.kind !== "sweep") return;
    this.asked.delete(content.key);
    this.sweeps.set(content.key, decode(content.frames, buffers[0]));
    if (this.sweeps.size > KEEP) this.sweeps.delete(this.sweeps.keys().next().value);
    this.draw();
  }
  cached() {
    for (const { name, positions } of this.spec.controls) {
      const frame = this.sweeps.get(this.key(name))?.[positions.indexOf(this.parameters[name])];
      if (frame) return frame;
    }
    return null;
  }

  // What the hand does.
  touch(name) {
    if (name === this.touched) return;
    this.touched = name;
    this.base = name && this.frame;
    this.ask(name);
    if (name && this.control(name).kind === "number") this.latest = name;
    this.draw();
  }
  grab() { this.base = this.frame; }
  set(changes) {
    this.parameters = { ...this.parameters, ...changes };
    this.show(this.cached());
    this.ask(this.latest);
    this.draw();
    this.commit();
  }
  pick(entry) {
    if (!this.sumOf(entry[0])) return;
    this.model.set("picked", entry);
    this.model.save_changes();
  }
  go(name) {
    this.model.set("step", name);
    const rank = this.stops.some((stop) => stop.name === name) && this.rank(name);
    if (this.sumOf(name)) this.model.set("picked", [name, ...Array(rank).fill(0)]);
    this.model.save_changes();
  }
  commit() {
    clearTimeout(this.timer);
    const wait = (this.committed ?? -Infinity) + COMMIT_EVERY - performance.now();
    if (wait > 0) {
      this.timer = setTimeout(() => this.commit(), wait);
      return;
    }
    this.committed = performance.now();
    this.commits = [...this.commits, this.key()].slice(-100);
    this.model.set("parameters", this.parameters);
    this.model.save_changes();
  }

  // What the kernel says. An echo of an older message of our own must not pull the hand back.
  follow() {
    const [frame, parameters] = [this.model.get("frame"), this.model.get("parameters")];
    const theirs = this.key(undefined, parameters);
    const moved = theirs !== this.key() && !this.commits.includes(theirs);
    if (moved) this.parameters = { ...parameters };
    const answered = this.key(undefined, frame.parameters);
    this.commits = this.commits.slice(this.commits.indexOf(answered) + 1);
    if (answered === this.key()) this.receive(frame);
    else if (moved) this.show(this.cached());
    else return;
    this.ask(this.latest);
    this.draw();
  }
  receive({ shapes, words: said, data, problem }) {
    if (!problem || !this.frame) this.show(decode([{ shapes, words: said }], data)[0]);
    this.problem = problem; // and the last good picture stays
  }
  show(frame) {
    if (frame) Object.assign(this, { frame, problem: "" });
  }
  draw() {
    const at = this.stops.findIndex((stop) => stop.name === this.model.get("step"));
    this.stop = this.stops[at]; // where the scrubber is; at the end there is none,
    this.later = new Set(at < 0 ? [] : this.stops.slice(at + 1).map((stop) => stop.name));
    this.scope = this.look();
    this.lights = this.lighting();
    for (const view of this.views) view();
  }
}

// Equal, up to the last bits of float32.
function same(a, b) {
  return Object.is(a, b) || Math.abs(a - b) <= 1e-6 * (1 + Math.abs(a));
}
