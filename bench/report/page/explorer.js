"use strict";
// The explorer. All numbers are in the element #data; nothing is fetched.

const data = JSON.parse(document.getElementById("data").textContent);
const FACETS = data.facets;
const QUANTITIES = {
  variance_ratio: { table: "ratios", by: "numerator", level: 1 },
  variance: { table: "statistics", by: "estimator" },
  gradient: { table: "statistics", by: "estimator" },
  efficiency_ratio: { table: "efficiency", by: "numerator", level: 1 },
  mse_ratio: { table: "ratios", by: "numerator", level: 1 },
  estimate_ns: { table: "timings", by: "estimator" },
};
const NORMAL = 1.959963984540054; // 95 % of a normal lie within so many standard errors
const MARGIN = { left: 72, right: 16, top: 14, bottom: 48 };
const HEIGHT = 380;

const form = document.getElementById("controls");
const plot = document.getElementById("plot");
const readout = document.getElementById("readout");
let drawn = 0; // pixels wide

/** What a row of a table has in a column; null where it has nothing, or where there is no such column. */
function cell(table, name, row) {
  const column = table.columns[name];
  if (!column) return null;
  return column.numbers ? column.numbers[row] : column.values[column.codes[row] ?? 0];
}

/** Rounded to five digits: 3.75, 120, 2.6e4. */
function rounded(value) {
  if (value === null) return "";
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(4).split("e").map(Number);
  return Math.abs(exponent) < 4 ? String(Number(value.toPrecision(5))) : `${mantissa}e${exponent}`;
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function shape(parent, name, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  parent.append(made);
  return made;
}

/** What the controls ask for. */
function asked() {
  const chosen = { quantity: form.elements.quantity.value, along: form.elements.along.value, facets: {} };
  for (const name of FACETS) chosen.facets[name] = JSON.parse(form.elements[name].value || null);
  chosen.estimators = [...form.querySelectorAll("[name=estimator]:checked")].map((box) => box.value);
  return chosen;
}

/** The rows of the table that fit, by estimator and along the axis. A row that has no value of a facet fits any choice of it. */
function points({ quantity, along, facets, estimators }) {
  const { table: name, by } = QUANTITIES[quantity];
  const table = data.tables[name];
  const found = [];
  for (let row = 0; row < table.rows; row++) {
    const get = (column) => cell(table, column, row);
    const lacks = (facet) => get(facet) === null || (facet === "entropy" && get(facet) === "");
    const fits = (facet) => facet === along || lacks(facet) || get(facet) === facets[facet];
    if (!FACETS.every(fits) || get(along) === null || !estimators.includes(get(by))) continue;
    const [value, error] = [get(quantity), quantity === "gradient" ? get("gradient_se") : null];
    const [low, high] = error === null
      ? [get(`${quantity}_low`), get(`${quantity}_high`)] : [value - NORMAL * error, value + NORMAL * error];
    found.push({ estimator: get(by), x: get(along), value, low, high, exact: get(`exact_${quantity}`), status: get("status") });
  }
  const order = (point) => estimators.indexOf(point.estimator);
  return found.sort((a, b) => order(a) - order(b) || a.x - b.x);
}

/** Ticks of a log axis: powers of ten, with 2 and 5 between where they are few; where many, some, 1 among them. */
function logTicks(low, high) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const step = Math.ceil((last - first) / 8);
  const ticks = [];
  for (let power = step * Math.floor(first / step); power <= last; power += step) {
    for (const factor of last - first > 3 ? [1] : [1, 2, 5]) ticks.push(Number(`${factor}e${power}`));
  }
  return ticks;
}

function linearTicks(low, high) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** A scale from values to pixels: logarithmic where all values are positive. */
function scale(values, start, end) {
  const log = values.every((value) => value > 0);
  const to = log ? Math.log : (value) => value;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [a, b] = [to(least), to(most)];
  const room = (b - a) * 0.06 || (log ? 0.7 : Math.abs(a) * 0.1 || 1);
  const place = (value) => start + ((to(value) - a + room) / (b - a + 2 * room)) * (end - start);
  const from = (value) => (log ? Math.exp(value) : value);
  const [low, high] = [from(a - room), from(b + room)];
  const inside = (ticks) => ticks.filter((tick) => tick >= low && tick <= high);
  place.ticks = log ? inside(logTicks(low, high)) : [];
  if (place.ticks.length < 2) place.ticks = inside(linearTicks(low, high));
  return place;
}

/** Those places of the x axis that have room for a label. */
function roomy(places, x) {
  let last = -Infinity;
  return places.filter((value) => x(value) - last > 44 && (last = x(value)) !== null);
}

function words(point, { quantity, along }) {
  const interval = point.low === null ? "" : ` [${rounded(point.low)}, ${rounded(point.high)}]`;
  const exact = point.exact === null ? "" : `, exact ${rounded(point.exact)}`;
  const status = point.status && point.status !== "ok" ? ` (${point.status})` : "";
  return `${point.estimator}, ${along} ${point.x}: ${quantity} ${rounded(point.value)}${interval}${exact}${status}`;
}

function axes(svg, x, y, width, choice, shown) {
  const [right, bottom] = [width - MARGIN.right, HEIGHT - MARGIN.bottom];
  for (const tick of y.ticks) {
    shape(svg, "line", { class: "grid", x1: MARGIN.left, x2: right, y1: y(tick), y2: y(tick) });
    shape(svg, "text", { x: MARGIN.left - 8, y: y(tick) + 4, "text-anchor": "end" }, rounded(tick));
  }
  for (const tick of roomy([...new Set(shown.map((point) => point.x))].sort((a, b) => a - b), x)) {
    shape(svg, "line", { class: "grid", x1: x(tick), x2: x(tick), y1: MARGIN.top, y2: bottom });
    shape(svg, "text", { x: x(tick), y: bottom + 18, "text-anchor": "middle" }, rounded(tick));
  }
  shape(svg, "path", { class: "frame", d: `M${MARGIN.left} ${MARGIN.top}V${bottom}H${right}` });
  shape(svg, "text", { x: (MARGIN.left + right) / 2, y: HEIGHT - 8, "text-anchor": "middle" }, choice.along);
  const name = form.elements.quantity.selectedOptions[0].text;
  const middle = (MARGIN.top + bottom) / 2;
  shape(svg, "text", { transform: `translate(14 ${middle}) rotate(-90)`, "text-anchor": "middle" }, name);
}

function draw(found, choice) {
  const shown = found.filter((point) => point.value !== null);
  if (!shown.length) {
    plot.replaceChildren(element("p", {}, "Nothing was measured for this choice."));
    return;
  }
  const width = Math.min(plot.clientWidth, 860);
  const { level } = QUANTITIES[choice.quantity];
  const heights = shown.flatMap((point) => [point.value, point.low, point.high, point.exact]).filter((value) => value !== null);
  const x = scale(shown.map((point) => point.x), MARGIN.left, width - MARGIN.right);
  const y = scale(level ? [...heights, level] : heights, HEIGHT - MARGIN.bottom, MARGIN.top);
  const svg = shape(plot, "svg", { width, height: HEIGHT, role: "group", "aria-label": `${choice.quantity} along ${choice.along}` });
  axes(svg, x, y, width, choice, shown);
  if (level) shape(svg, "line", { class: "level", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(level), y2: y(level) });
  for (const estimator of choice.estimators) {
    const { colour, outline } = data.looks[estimator];
    const own = shown.filter((point) => point.estimator === estimator);
    const exact = own.filter((point) => point.exact !== null);
    const line = (exact.length ? exact : own).map((point) => [x(point.x), y(exact.length ? point.exact : point.value)]);
    const cross = ([a, b]) => `M${a - 12} ${b}h24M${a} ${b - 12}v24`;
    const path = line.length > 1 ? `M${line.join("L")}` : exact.length ? cross(line[0]) : "";
    shape(svg, "path", { class: "oracle", d: path, stroke: colour, "stroke-opacity": exact.length ? 1 : 0.5 });
    for (const point of own) {
      const group = shape(svg, "g", { class: "point", tabindex: 0, role: "img", "aria-label": words(point, choice) });
      if (point.low !== null) shape(group, "path", { d: `M${x(point.x) - 5} ${y(point.low)}h10m-5 0V${y(point.high)}m-5 0h10`, stroke: colour });
      const at = { transform: `translate(${x(point.x)} ${y(point.value)})` };
      shape(group, "path", { ...at, d: outline, fill: point.status && point.status !== "ok" ? "#fff" : colour, stroke: colour });
      shape(group, "circle", { ...at, class: "halo", r: 11 });
      for (const event of ["mouseenter", "focus"]) group.addEventListener(event, () => { readout.textContent = words(point, choice); });
    }
  }
  plot.replaceChildren(svg);
}

function tabulate(found, choice) {
  const numbers = ["value", "low", "high", "exact"].filter((key) => found.some((point) => point[key] !== null));
  const judged = found.some((point) => point.status !== null);
  const names = [choice.along, "estimator", ...numbers.map((key) => (key === "value" ? choice.quantity : key)), ...(judged ? ["status"] : [])];
  const line = (point) => element("tr", {},
    element("td", {}, String(point.x)), element("td", {}, point.estimator),
    ...(point.value === null ? [] : numbers.map((key) => element("td", { title: point[key] ?? "" }, rounded(point[key])))),
    ...(judged ? [element("td", point.value === null ? { colspan: numbers.length + 1 } : {}, point.status)] : []));
  const heads = names.map((name) => element("th", { scope: "col" }, name));
  document.getElementById("points").replaceChildren(element("table", {},
    element("caption", {}, `The points of the plot, with 95 % intervals${numbers.includes("exact") ? " and exact values" : ""}`),
    element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...found.map(line))));
}

/** Which estimators have no mark in the plot, and why. */
function absent(found, { quantity, estimators }) {
  const { table, by } = QUANTITIES[quantity];
  const known = new Set(data.tables[table].columns[by].values);
  const words = estimators.filter((name) => known.has(name)).flatMap((name) => {
    const own = found.filter((point) => point.estimator === name);
    if (own.some((point) => point.value !== null)) return [];
    return [`${name} (${[...new Set(own.map((point) => point.status))].join("; ") || "no such row"})`];
  });
  return words.length ? `Not in the plot: ${words.join(", ")}.` : "";
}

/** The values that the rows of the chosen family have in a column of a table. */
function valuesOf(table, name) {
  const family = JSON.parse(form.elements.family.value || null);
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter((row) => cell(table, "family", row) === family);
  return new Set(rows.map((row) => cell(table, name, row)).filter((value) => value !== null));
}

/** Leave to the reader those choices of a control that are possible; where the chosen one is not, take the first. */
function narrow(control, possible) {
  for (const option of control.options) option.disabled = !possible(option.value);
  const first = [...control.options].find((option) => !option.disabled);
  if (first && control.selectedOptions[0].disabled) control.value = first.value;
}

/** Leave to the reader only what the table of the chosen quantity knows of the chosen family. */
function offer() {
  const { table, by } = QUANTITIES[form.elements.quantity.value];
  const known = Object.fromEntries(FACETS.map((name) => [name, valuesOf(data.tables[table], name)]));
  narrow(form.elements.along, (name) => known[name].size > 0);
  for (const name of FACETS) form.elements[name].disabled = name === form.elements.along.value || !known[name].size;
  for (const name of ["parameter", "vector"]) narrow(form.elements[name], (value) => known[name].has(JSON.parse(value)));
  for (const box of form.querySelectorAll("[name=estimator]")) box.disabled = !data.tables[table].columns[by].values.includes(box.value);
}

function update() {
  drawn = plot.clientWidth;
  offer();
  const choice = asked();
  const found = points(choice);
  readout.textContent = "Point at a mark, or move to it with the tab key, to read its numbers.";
  draw(found, choice);
  document.getElementById("absent").textContent = absent(found, choice);
  tabulate(found, choice);
}

for (const id of ["controls", "view"]) document.getElementById(id).hidden = false;
form.addEventListener("change", update);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("resize", () => plot.clientWidth !== drawn && update());
update();
