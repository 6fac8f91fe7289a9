// A page without a kernel: every frame of its grid was saved with it.

class Saved {
  constructor(model, explorer) {
    Object.assign(this, { explorer, frames: model.frames, silent: false });
    explorer.show(this.cached());
  }
  at(parameters) {
    const place = this.explorer.spec.controls.reduce((whole, { name, positions }) =>
      whole * positions.length + positions.indexOf(parameters[name]), 0);
    return this.frames[place];
  }
  sweep(name) {
    const { parameters } = this.explorer;
    return this.explorer.control(name).positions.map((value) => this.at({ ...parameters, [name]: value }));
  }
  cached() { return this.at(this.explorer.parameters); }
  send(message) { message(); }
  ask() {}
  commit() {}
}

async function alone({ state, headers, data }, el) {
  const unpacked = (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };
  const frames = decode(await unpacked(headers).json(), await unpacked(data).arrayBuffer());
  let changed = () => {};
  const explorer = new Explorer({
    frames,
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    on: (_, listener) => { changed = listener; },
    save_changes: () => changed(),
  }, Saved);
  view(explorer, el, new AbortController().signal);
}
