// How the page writes: elements, numbers and symbols. The files of this folder are joined into one
// module, this one first, and with them those of panels/ and controls/ that the explorer has;
// nothing is built. To add a panel or a control: a file there, named by its kind.

const PANELS = {};
const CONTROLS = {};
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
const SVG = "http://www.w3.org/2000/svg";

const html = (tag, attributes, ...children) =>
  fill(document.createElement(tag), attributes, children);

const svg = (tag, attributes, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

// Attributes, or the class alone.
function fill(node, attributes, children) {
  const named = typeof attributes === "string" ? { class: attributes } : attributes ?? {};
  for (const [name, value] of Object.entries(named)) {
    if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

// What stands already is not written again: a browser would style and lay it out anew.
function place(node, attributes) {
  for (const name in attributes) {
    const value = String(attributes[name]);
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

function write(node, text) {
  if (node.says === text) return; // to ask the page would take longer
  node.says = text;
  const { firstChild: only } = node;
  if (only && only === node.lastChild && only.nodeType === Node.TEXT_NODE) only.data = text;
  else node.textContent = text;
}

function show(node, yes) {
  const display = yes ? "" : "none";
  if (node.style.display !== display) node.style.display = display;
}

// The first n children of a group, made where they are missing; the others do not show.
function pool(group, n, tag, attributes) {
  while (group.childElementCount < n) group.append(svg(tag, attributes));
  [...group.children].forEach((node, k) => show(node, k < n));
  return [...group.children].slice(0, n);
}

function decimal(value, digits) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e4 ? size.toExponential(0).replace("+", "")
    : size.toFixed(size < 100 ? digits : 1);
  return (value < 0 && Number(text) ? "−" : "") + text;
}

// Three digits at most, for a tight cell: .125, −1.25, 12.5.
function short(value, digits) {
  const size = Math.abs(value);
  const places = size < 1 ? digits : Math.min(digits, size < 10 ? 2 : size < 100 ? 1 : 0);
  return size < 1 ? decimal(value, places).replace("0.", ".") : decimal(value, places);
}

// All the digits that float32 has.
const exact = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(7))).replaceAll("-", "−")
  : decimal(value));

// A length that has all but vanished is a power of ten.
const lengthName = (value) =>
  (value > 0 && value < 5e-4 ? value.toExponential(0).replace("-", "−") : decimal(value, 3));

// A number on an axis.
const tick = (value, log) => (log ? `10${raised(String(Math.round(Math.log10(value))))}`
  : String(Number(value.toPrecision(3))).replace("-", "−"));

const joined = (terms, digits) => terms.map((term, k) =>
  (k ? ` ${term < 0 ? "−" : "+"} ${decimal(Math.abs(term), digits)}` : decimal(term, digits))).join("");

const raised = (power) => [...power].map((one) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[one] ?? (one === "-" ? "⁻" : one)).join("");
const plain = (name) => name.replace(/\^(\d+)/, "[$1]"); // dW^1 is dW[1]
const bracket = (index) => (index.length ? `[${index.join(", ")}]` : "");
const entryName = ([name, ...index]) => plain(name) + bracket(index);
const corner = ([, ...index]) => [0, 0, ...index].slice(-2);
const shapeName = (shape) => shape.join("×") || "1";
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// A round number not smaller than `size`, so that a scale seldom changes under the hand.
function nice(size) {
  if (!(size > 1e-9) || size === Infinity) return 1e-9;
  const power = 10 ** Math.floor(Math.log10(size));
  return power * [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= size * 0.9999);
}

const reachOf = (values) => nice(Math.max(0, ...values.filter(Number.isFinite).map(Math.abs)));

// "dW^1" is a slanted dW and an upright, raised [1], in the colour of its role.
function symbol(name, explorer, tag = html, after = "") {
  const inline = tag === svg ? "tspan" : "span";
  const [letter, level] = name.split("^");
  const node = tag(inline, `bp-symbol bp-ink-${explorer.roles[name] ?? "none"}`, letter);
  const power = (level ? `[${level}]` : "") + after;
  if (power) node.append(tag(inline, { class: "bp-power", dy: "-.5em" }, power));
  if (power && tag === svg) node.append(svg("tspan", { dy: ".31em" }, "\u200b")); // down again
  return node;
}

function entryLabel([name, ...index], explorer, tag = html) {
  return tag(tag === svg ? "tspan" : "span", {}, symbol(name, explorer, tag), bracket(index));
}

// A line of tokens: letters that name an array in their colour, with live shapes below if asked;
// the letter g is called as the control `through` says.
function written(tokens, explorer, { through = "", shapes = false, tag = html } = {}) {
  const live = [];
  const nodes = tokens.map(([text, power]) => {
    const turned = power.endsWith("T");
    const own = turned ? power.slice(0, -1) : power;
    const name = own && explorer.roles[`${text}^${own}`] ? `${text}^${own}` : text;
    if (!explorer.roles[name]) {
      const word = tag(tag === svg ? "tspan" : "span", {}, text);
      if (text === "g" && through) live.push(() => write(word, explorer.called(through)));
      else if (shapes && !text.trim()) word.className = "bp-space";
      if (power) word.append(html("sup", {}, power));
      return word;
    }
    const letter = symbol(name, explorer, tag, turned ? "T" : "");
    if (!shapes) return letter;
    const shape = html("span", "bp-shape");
    live.push(() => {
      const array = explorer.frame.arrays[name];
      write(shape, array ? shapeName(turned ? [...array.shape].reverse() : array.shape) : "");
    });
    return html("span", "bp-letter", letter, shape);
  });
  return { nodes, draw: () => live.forEach((one) => one()) };
}

function formulaLine(tokens, explorer, through) {
  const { nodes, draw } = written(tokens, explorer, { through, shapes: true });
  return { line: html("div", "bp-line", ...nodes), draw };
}

function titled(panel, explorer) {
  const { nodes, draw } = written(panel.title, explorer, panel);
  return { title: html("div", "bp-title", ...nodes), draw };
}

// The colours of a canvas come from the stylesheet, so that themes work.
function palette(canvas) {
  const colours = {};
  return (name) => {
    if (!colours[name]) canvas.style.color = `var(--bp-${name})`;
    return colours[name] ??= getComputedStyle(canvas).color;
  };
}

function tinted(canvas, rows, columns, tint) {
  const [colours, ink] = [{}, palette(canvas)];
  Object.assign(canvas, { width: columns, height: rows });
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let k = 0; k < rows * columns; k += 1) {
    const [name, share] = tint(k);
    const [red, green, blue] = (colours[name] ??= ink(name).match(/\d+/g) ?? [0, 0, 0]);
    image.data.set([red, green, blue, 255 * share], 4 * k);
  }
  context.putImageData(image, 0, 0);
}

// What can be read exactly: `find` tells the place under a point (shares of width and height),
// `spot` the point of a place, `say` what stands there. The arrow keys walk within `size`.
function readable(node, { size, find, spot, say }) {
  let at = null;
  const tell = (x, y, spoken) => node.dispatchEvent(new CustomEvent("bp-read",
    { bubbles: true, detail: at && { say: () => say(at), x, y, spoken } }));
  const leave = () => {
    at = null;
    tell();
  };
  node.addEventListener("pointermove", (event) => {
    const box = node.getBoundingClientRect();
    at = find((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    tell(event.clientX, event.clientY);
  });
  node.addEventListener("pointerleave", leave);
  node.addEventListener("blur", leave);
  node.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const most = size();
    at = at ? at.map((one, axis) => clamp(one + step[axis], 0, most[axis] - 1)) : [0, 0];
    const box = node.getBoundingClientRect();
    const [x, y] = spot(at);
    tell(box.left + x * box.width, box.top + y * box.height, true);
  });
}
