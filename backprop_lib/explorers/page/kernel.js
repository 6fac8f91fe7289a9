// The kernel, seen from the page: it is asked for sweeps ahead of the hand, and told later where
// the hand is. One message at a time, so that a slow kernel is never flooded.

const COMMIT_EVERY = 60; // ms between two messages during a drag
const PATIENCE = 4000; // ms, and the page says that the kernel is silent
const KEEP = 1500; // frames in memory

// Numbers arrive as DataView, Uint8Array or ArrayBuffer, and rarely at a multiple of four bytes.
function floats(buffer) {
  const bytes = buffer instanceof ArrayBuffer ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  return new Float32Array(bytes.slice().buffer);
}

// Frames of arrays, each as rows × columns: a vector is one row. A header says what differs from
// the frame before it. A frame that failed is null.
function decode(headers, buffer) {
  const numbers = floats(buffer);
  let [start, before] = [0, {}];
  return headers.map(({ shapes, words: said }) => {
    if (said === null) return null;
    const arrays = { ...before };
    for (const [name, shape] of shapes) {
      if (!shape) {
        delete arrays[name];
        continue;
      }
      const [rows, columns] = [1, 1, ...shape].slice(-2);
      const values = numbers.subarray(start, (start += shape.reduce((a, b) => a * b, 1)));
      arrays[name] = { shape, rows, columns, values, at: (r, c) => values[r * columns + c] };
    }
    before = arrays;
    return { arrays, words: said };
  });
}

class Kernel {
  constructor(model, explorer) {
    Object.assign(this, { model, explorer, sweeps: new Map(), asked: new Set(), commits: [] });
    model.on("change:frame change:parameters", () => this.follow());
    model.on("msg:custom", (content, buffers) => this.learn(content, buffers));
    this.follow();
  }

  // The frames of a control's sweep that are here, by position, where the others stand now.
  sweep(name) { return this.sweeps.get(this.explorer.key(name)) ?? []; }

  // The positions nearest to the hand come first. A sweep no longer wanted is not asked on.
  ask(name) {
    const { explorer, model } = this;
    const control = explorer.control(name);
    if (!control?.ahead) return;
    this.wanted = name;
    const [key, here, { parameters }] = [explorer.key(name), this.sweep(name), explorer];
    const at = nearest(control.positions, parameters[name]);
    const places = control.positions.map((_, k) => k).filter((k) => !(k in here))
      .sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
    if (!places.length || this.asked.has(key)) return;
    this.asked.add(key);
    this.send(() => model.send({ kind: "sweep", key, control: name, places, parameters }));
  }
  learn({ kind, key, places, frames }, buffers) {
    if (kind !== "sweep") return;
    const { explorer } = this;
    const sweep = this.sweeps.get(key) ?? [];
    decode(frames, buffers[0]).forEach((frame, k) => { sweep[places[k]] = frame; });
    this.asked.delete(key);
    this.sweeps.delete(key);
    this.sweeps.set(key, sweep); // the last one to be forgotten
    let kept = 0;
    for (const [other, { length }] of [...this.sweeps].reverse()) {
      if ((kept += length) > KEEP && other !== key) this.sweeps.delete(other);
    }
    this.heard();
    if (explorer.key(this.wanted) === key) this.ask(this.wanted);
    explorer.show(this.cached());
    explorer.draw();
  }
  cached() {
    const { explorer } = this;
    for (const { name, positions } of explorer.spec.controls) {
      const frame = this.sweep(name)[positions.indexOf(explorer.parameters[name])];
      if (frame) return frame;
    }
    return null;
  }

  // First the page is drawn, then the kernel is told.
  commit() {
    clearTimeout(this.timer);
    if (this.sent || this.explorer.key() === this.answered) return;
    const wait = (this.committed ?? -Infinity) + COMMIT_EVERY - performance.now();
    this.timer = setTimeout(() => this.tell(), Math.max(0, wait));
  }
  tell() {
    const { explorer, model } = this;
    this.committed = performance.now();
    this.sent = explorer.key();
    this.commits = [...this.commits, this.sent].slice(-100);
    this.send(() => {
      model.set("parameters", explorer.parameters);
      model.save_changes();
    });
  }

  // An echo of an older message of our own must not pull the hand back.
  follow() {
    const { explorer, model } = this;
    const [frame, parameters] = [model.get("frame"), model.get("parameters")];
    if (parameters === explorer.parameters && frame === this.last) return; // our own message
    this.last = frame;
    const theirs = explorer.key(undefined, parameters);
    const moved = theirs !== explorer.key() && !this.commits.includes(theirs);
    if (moved) explorer.parameters = { ...parameters };
    this.answered = explorer.key(undefined, frame.parameters);
    this.commits = this.commits.slice(this.commits.indexOf(this.answered) + 1);
    if (this.answered === this.sent) {
      this.sent = "";
      this.heard();
    }
    if (this.answered === explorer.key() || !explorer.frame) {
      const { problem, data, ...header } = frame;
      if (!problem || !explorer.frame) explorer.show(decode([header], data)[0]);
      explorer.problem = problem; // and the last good picture stays
    } else {
      if (moved) explorer.show(this.cached());
      this.commit();
    }
    this.ask(explorer.latest);
    explorer.draw();
  }

  // A kernel that is busy or gone says nothing; then what is here can still be moved.
  send(message, answered = true) {
    if (answered) this.patience ??= setTimeout(() => this.heard(true), PATIENCE);
    try {
      message();
    } catch {
      this.heard(true);
    }
  }
  heard(silent = false) {
    clearTimeout(this.patience);
    this.patience = null;
    if (silent) {
      this.asked.clear();
      this.sent = "";
    }
    const waits = this.sent || this.asked.size;
    if (waits) this.patience = setTimeout(() => this.heard(true), PATIENCE);
    if (this.silent !== silent) {
      this.silent = silent;
      this.explorer.draw();
    }
  }
}
