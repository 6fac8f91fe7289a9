// How the page writes: elements, numbers and symbols, the same everywhere.
// These files are joined into one module, in the order that front_end.py gives; nothing is built.

const SVG = "http://www.w3.org/2000/svg";

const html = (tag, attributes, ...children) =>
  fill(document.createElement(tag), attributes, children);

const svg = (tag, attributes, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

function place(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function show(node, yes) {
  node.style.display = yes ? "" : "none";
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
  return decimal(value, places).replace(/^(−?)0\./, "$1.");
}

// A length that has all but vanished is a power of ten.
const lengthName = (value) =>
  (value > 0 && value < 5e-4 ? value.toExponential(0).replace("-", "−") : decimal(value, 3));

const joined = (terms, digits) =>
  terms
    .map((term, k) => (k ? ` ${term < 0 ? "−" : "+"} ` + decimal(Math.abs(term), digits)
      : decimal(term, digits)))
    .join("");

const raised = (power) => [...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit] ?? digit).join("");
const plain = (name) => name.replace(/\^(\d+)/, (_, power) => raised(power)); // dW^1 is dW¹
const bracket = (index) => (index.length ? `[${index.join(", ")}]` : "");
const entryName = ([name, ...index]) => plain(name) + bracket(index);
const corner = ([, ...index]) => [0, 0, ...index].slice(-2);
const shapeName = (shape) => shape.join("×") || "1";

// A round number not smaller than `size`, so that a scale seldom changes under the hand.
function nice(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return power * [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= size * 0.9999);
}

// "dW^1" is a slanted dW and an upright ¹, in the colour of its role.
function symbol(name, explorer, tag = html) {
  const inline = tag === svg ? "tspan" : "span";
  const [letter, power] = name.split("^");
  const node = tag(inline, { class: `bp-symbol bp-ink-${explorer.roles[name] ?? "none"}` }, letter);
  if (power) node.append(tag(inline, { class: "bp-power" }, raised(power)));
  return node;
}

function entryLabel([name, ...index], explorer, tag = html) {
  const inline = tag === svg ? "tspan" : "span";
  return tag(inline, { class: "bp-entry" }, symbol(name, explorer, tag), bracket(index));
}
