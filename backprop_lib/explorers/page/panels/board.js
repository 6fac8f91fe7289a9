// The board: an equation whose letters are matrices of numbers, each gradient below its value.

// One matrix. Its cells are made once, at the largest shape it will ever have.
function grid(matrix, { cell: { width, height }, tight }, explorer) {
  const { x, y } = matrix;
  const { tint, cap } = explorer.spec.look;
  const say = tight ? short : decimal;
  const [digits, soft] = [explorer.digits(matrix.name), tint[explorer.scale(matrix.name)]];
  const [rows, columns] = explorer.size(matrix.name);
  const held = explorer.controls.filter((control) => control.cell?.[0] === matrix.name)
    .map((control) => corner(control.cell).join());
  const box = (name) =>
    svg("rect", { class: name, x, y, width: columns * width, height: rows * height });
  const [absent, outline] = [box("bp-absent"), box(`bp-outline bp-${matrix.role}`)];
  const [met, mark] = [box("bp-met"), box("bp-met bp-picked")];
  const aside = matrix.label === "left";
  const shape = svg("tspan", { class: "bp-shape", ...(aside ? { x: x - 6, dy: 12 } : { dx: 6 }) });
  const [left, up] = aside ? [x - 6, y + 14]
    : [x + (columns * width) / 2, matrix.label === "below" ? y + rows * height + 22 : y - 9];
  const label = svg("text", { class: aside ? "bp-name bp-aside" : "bp-name", x: left, y: up },
    symbol(matrix.name, explorer, svg), shape);
  const marks = matrix.marked ? Array.from({ length: rows }, (_, r) => svg("rect", { class: "bp-mark",
    y: y + r * height + 2, width: width - 4, height: height - 4, rx: 6 })) : [];

  const pickable = explorer.sumOf(matrix.name) ? "bp-pickable" : "";
  const cells = Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => {
    const entry = [matrix.name, ...[r, c].slice(2 - explorer.spec.largest[matrix.name].length)];
    const at = { x: x + c * width, y: y + r * height };
    const node = svg("rect", { class: `bp-cell ${pickable}`, ...at, width, height, role: "gridcell",
      tabindex: -1, "aria-colindex": c + 1 });
    return { ...at, node, entry, named: `${entryName(entry)} is ` };
  }));
  const lines = cells.map((row, r) => svg("g", { role: "row", "aria-rowindex": r + 1 }, ...row.map((cell) => cell.node)));
  const all = cells.flat();
  const corners = all.filter(({ entry }) => held.includes(corner(entry).join())).map((cell) =>
    // a coloured corner: a control holds this number
    svg("path", { class: `bp-held bp-${matrix.role}`, d: `M${cell.x + width} ${cell.y}h-9l9 9z` }));
  const element = svg("g", { role: "grid" }, label, absent, ...lines, ...corners, ...marks, outline, met, mark);

  const surround = (node, span) => {
    if (node.span === (node.span = String(span))) return;
    show(node, span);
    if (!span) return;
    const [top, left, bottom, right] = span;
    place(node, { x: x + left * width, y: y + top * height,
      width: (right - left) * width, height: (bottom - top) * height });
  };
  const [size, smaller, small] = tight ? [10.75, 9.8, 8.8] : digits > 2 ? [11.5, 11.5, 10] : [12.5, 12.5, 10];
  let [rested, changed] = [false, true];
  const learn = (cell, value, lit, moved) => {
    if (Object.is(cell.value, value) && cell.lit === lit && cell.moved === moved) return;
    Object.assign(cell, { value, lit, moved });
    changed = true;
  };
  const paint = ({ context, ink, write }) => {
    const present = all.filter((cell) => cell.present);
    const alpha = (cell) => (rested ? 0.32 : 1) * (cell.lit === false ? 0.34 : 1);
    for (const cell of present) {
      const { x, y, value, lit, moved, node } = cell;
      const [said, share, bad] = [say(value, digits), Math.abs(value), !Number.isFinite(value)];
      if (cell.said !== said) {
        node.setAttribute("aria-label", cell.named + (cell.said = said));
        node.classList.toggle("bp-bad", bad);
      }
      if (!bad && share) {
        context.globalAlpha = (alpha(cell) * cap * share) / (share + soft);
        context.fillStyle = ink(value < 0 ? "negative" : matrix.role);
        context.fillRect(x, y, width, height);
      }
      context.globalAlpha = alpha(cell);
      context.fillStyle = ink(value === 0 ? "faint" : "ink");
      write(said, x + width / 2, y + height / 2 - (moved ? 5 : 0),
        `${bad ? 700 : lit ? 650 : 400} ${moved ? smaller : size}px`);
    }
    for (const { x, y, moved } of present) { // after the others: to change the font takes long
      context.globalAlpha = 1;
      if (moved) write((moved < 0 ? "" : "+") + say(moved, digits), x + width / 2, y + height - (tight ? 5 : 7), `${small}px`);
    }
    changed = false;
  };
  const draw = () => {
    const array = explorer.seen(matrix.name);
    const rests = explorer.rests(matrix.name);
    if (rested !== rests) [rested, changed] = [rests, true];
    element.classList.toggle("bp-rest", rests);
    element.classList.toggle("bp-made", explorer.stop?.name === matrix.name);
    marks.forEach((node, r) => {
      show(node, array && r < array.rows);
      const marked = explorer.frame.arrays[matrix.marked].values[r];
      if (array) place(node, { x: x + marked * width + 2 });
    });
    const lit = explorer.lit(matrix.name);
    const picked = explorer.scope?.picked;
    const here = array && picked?.[0] === matrix.name && corner(picked);
    write(shape, array ? shapeName(array.shape) : "");
    place(element, { "aria-label": `${plain(matrix.name)}, ${shape.says || "not computed"}` });
    surround(absent, !(array?.rows === rows && array.columns === columns)
      && [array?.columns === columns ? array.rows : 0, 0, rows, columns]);
    surround(outline, array && [0, 0, array.rows, array.columns]);
    surround(met, array && explorer.scope?.met[matrix.name]);
    surround(mark, here && [here[0], here[1], here[0] + 1, here[1] + 1]);
    lines.forEach((line, r) => show(line, r < array?.rows));
    cells.forEach((row, r) => row.forEach((cell, c) => {
      const present = Boolean(array) && r < array.rows && c < array.columns;
      if (cell.present !== present) {
        show(cell.node, cell.present = present);
        changed = true;
      }
      if (!present) return;
      const value = array.at(r, c);
      const light = lit && lit[r * array.columns + c];
      learn(cell, value, light, explorer.moved(matrix.name, r, c, value));
      const picked = Boolean(here) && here[0] === r && here[1] === c;
      if (cell.picked !== picked) place(cell.node, { "aria-selected": cell.picked = picked });
    }));
  };
  return { element, draw, paint, stale: () => changed, cells, name: matrix.name };
}

// The signs between the matrices: operators, and arrows forward, down to the loss, and back.
function sign({ kind, text, through, into, x, y, length }, explorer) {
  if (kind === "sign") return { elements: [svg("text", { class: "bp-sign", x, y }, text)] };
  if (kind === "legend") {
    return { elements: [svg("rect", { class: "bp-mark", x: x - 42, y: y - 6, width: 18, height: 12, rx: 4 }),
      svg("text", { class: "bp-over bp-beside", x: x - 18, y }, text)] };
  }
  const d = { arrow: `M${x} ${y}h${length}m-6 -4l6 4l-6 4`, down: `M${x} ${y}v${length}m-4 -6l4 6l4 -6`,
    back: `M${x + length} ${y}h${-length}m6 -4l-6 4l6 4` }[kind];
  const arrow = svg("path", { class: `bp-arrow bp-arrow-${kind}`, d });
  const over = svg("text", kind === "down" ? { class: "bp-over bp-beside", x: x + 9, y: y + length / 2 }
    : { class: "bp-over", x: x + length / 2, y: y - 10 }, text ?? "");
  const draw = () => {
    if (through) write(over, explorer.called(through));
    if (into) arrow.classList.toggle("bp-still", !explorer.seen(into));
  };
  return { elements: [arrow, over], draw };
}

// The numbers of the examples, to the left of the first matrix.
function rowNumbers({ name, x, y }, { height }, explorer) {
  const [rows] = explorer.size(name);
  const numbers = Array.from({ length: rows }, (_, r) =>
    svg("text", { class: "bp-row", x, y: y + (r + 0.5) * height }, r));
  const draw = () => numbers.forEach((node, r) => show(node, r < (explorer.seen(name)?.rows ?? 0)));
  return { elements: numbers, draw };
}

// Numbers are painted: hundreds of letters that are laid out anew for every move would take longer
// than a frame. What is touched, walked through and named stands above, in the same place.
function painter({ width, height }, own) {
  const canvas = html("canvas");
  const context = canvas.getContext("2d");
  let [brush, family, font] = [];
  const write = (text, x, y, size) => {
    if (font !== (font = size)) context.font = `${size} ${family}`;
    context.fillText(text, x, y);
  };
  const paint = () => {
    context.clearRect(0, 0, width, height);
    for (const one of own) one.paint(brush);
  };
  let soon;
  const draw = (again) => {
    if (again) {
      const box = canvas.getBoundingClientRect();
      const pixels = (from, to) => Math.round(to * devicePixelRatio) - Math.round(from * devicePixelRatio);
      Object.assign(canvas, { width: pixels(box.left, box.right), height: pixels(box.top, box.bottom) });
      context.scale(canvas.width / width, canvas.height / height);
      Object.assign(context, { textAlign: "center", textBaseline: "middle", fontKerning: "none" });
      [brush, family, font] = [{ context, ink: palette(canvas), write }, getComputedStyle(canvas).fontFamily];
    }
    cancelAnimationFrame(soon);
    if (again) paint();
    else if (brush && own.some((one) => one.stale())) soon = requestAnimationFrame(paint); // once a frame
  };
  return { canvas, draw };
}

// Python says where everything stands. The pieces shrink a little with the page, then they wrap.
PANELS.board = ({ layout }, explorer) => {
  const { width, pieces, cell } = layout;
  const grids = [];
  const parts = [];
  const drawn = pieces.map((piece) => {
    const own = piece.grids.map((one) => grid(one, layout, explorer));
    const rest = [...piece.signs.map((one) => sign(one, explorer)),
      ...piece.rows.map((one) => rowNumbers(one, cell, explorer))];
    grids.push(...own);
    const { canvas, draw } = painter(piece, own);
    parts.push(...own, ...rest, { draw });
    return html("div", { class: "bp-piece", style: `--wide: ${piece.width}; --all: ${width + 8}` }, canvas,
      svg("svg", { viewBox: `0 0 ${piece.width} ${piece.height}` },
        ...rest.flatMap((part) => part.elements), ...own.map((one) => one.element)));
  });
  const element = html("div", { class: `bp-panel bp-board ${layout.tight ? "bp-tight" : ""}`, role: "group",
    "aria-label": "Equation. The arrow keys walk through the numbers, Enter picks one." }, ...drawn);
  const walk = keyboard(element, grids, explorer);
  const draw = (again) => {
    for (const part of parts) part.draw?.(again);
    walk();
  };
  return { element, draw };
};

// One tab stop for the whole board; the arrow keys go from cell to cell, and on to the next matrix.
function keyboard(element, grids, explorer) {
  let stop = null;
  const every = new Map(grids.flatMap((one) =>
    one.cells.flat().map((cell) => [cell.node, { one, cell }])));
  const reach = (cell) => {
    if (stop === cell) return;
    if (stop) place(stop.node, { tabindex: -1 });
    stop = cell;
    place(stop.node, { tabindex: 0 });
  };
  const inside = (one, r, c) => {
    const { rows, columns } = explorer.seen(one.name);
    return one.cells[Math.max(0, Math.min(r, rows - 1))][Math.max(0, Math.min(c, columns - 1))];
  };
  const next = ({ one, cell }, [down, right]) => {
    const [r, c] = corner(cell.entry);
    const beyond = c + right < 0 || c + right >= explorer.seen(one.name).columns;
    const shown = grids.filter((other) => explorer.seen(other.name));
    const neighbour = beyond && shown[shown.indexOf(one) + right];
    if (neighbour) return inside(neighbour, r, right > 0 ? 0 : Infinity);
    return inside(one, r + down, c + right);
  };
  element.addEventListener("keydown", (event) => {
    const at = every.get(event.target);
    if (!at || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key in STEPS) {
      reach(next(at, STEPS[event.key]));
      stop.node.focus();
    } else if (event.key === "Enter" || event.key === " ") explorer.pick(at.cell.entry);
    else return;
    event.preventDefault();
  });
  element.addEventListener("pointermove", (event) => {
    const { one, cell } = every.get(event.target.closest(".bp-cell")) ?? {};
    const say = () => `${entryName(cell.entry)} = ${exact(explorer.seen(one.name)?.at(...corner(cell.entry)))}`;
    const detail = cell && { say, x: event.clientX, y: event.clientY };
    element.dispatchEvent(new CustomEvent("bp-read", { bubbles: true, detail }));
  });
  element.addEventListener("click", (event) => {
    const at = every.get(event.target.closest(".bp-cell"));
    if (!at) return;
    explorer.pick(at.cell.entry);
    reach(at.cell);
    stop.node.focus({ preventScroll: true });
  });
  return () => {
    const [name, ...index] = explorer.scope?.picked ?? [grids[0].name, 0, 0];
    const home = grids.find((one) => one.name === name);
    const gone = !stop || stop.node.style.display === "none";
    if (gone && !explorer.seen(home.name)) return;
    reach(gone ? inside(home, ...corner([name, ...index])) : stop);
  };
}
