// The explorer of learning curves; follows data.js, elements.js and scales.js, in one script with them.

const SPAN = ["", "_low", "_high"]; // the median over replicates, their 10 % and 90 % quantiles
const POSITIVE = ["gap", "distance", "gradient_norm", "step_variance"]; // on a log scale, without the zeros
const MARGIN = { left: 72, right: 16, top: 14, bottom: 48 };
const HEIGHT = 380;
const MOST_BANDS = 4; // more of them over each other are fog

const form = document.getElementById("controls");
const plot = document.getElementById("plot");
const slider = document.getElementById("checkpoint");
let drawn = 0; // pixels wide
let view = null; // what is drawn: the choice, its curves, its scales

/** What the controls ask for. */
function asked() {
  const chosen = { quantity: form.elements.quantity.value, along: form.elements.along.value, facets: {} };
  for (const name of data.facets) chosen.facets[name] = JSON.parse(form.elements[name].value || null);
  chosen.estimators = [...form.querySelectorAll("[name=estimator]:checked")].map((box) => box.value);
  return chosen;
}

/** The curve of each estimator that fits: its points in the order of the steps. */
function curves({ quantity, along, facets, estimators }) {
  const table = data.tables.curves;
  const fitting = new Map(estimators.map((name) => [name, []]));
  for (let row = 0; row < table.rows; row++) {
    const get = (column) => cell(table, column, row);
    if (!fitting.has(get("estimator")) || !data.facets.every((name) => get(name) === facets[name])) continue;
    const [value, low, high] = SPAN.map((end) => get(`${quantity}${end}`));
    fitting.get(get("estimator")).push({ step: get("step"), x: get(along), value, low, high, status: get("status") });
  }
  for (const points of fitting.values()) points.sort((a, b) => a.step - b.step);
  return new Map([...fitting].filter(([, points]) => points.length));
}

/** Whether a point has a place in the plot. */
function placed(point, { quantity, along }) {
  if (point.value === null || point.x === null) return false;
  return (along === "step" || point.x > 0) && (!POSITIVE.includes(quantity) || point.value > 0);
}

function axes(svg, { x, y }, width) {
  const [right, bottom] = [width - MARGIN.right, HEIGHT - MARGIN.bottom];
  for (const tick of y.ticks) {
    shape(svg, "line", { class: "grid", x1: MARGIN.left, x2: right, y1: y(tick), y2: y(tick) });
    shape(svg, "text", { x: MARGIN.left - 8, y: y(tick) + 4, "text-anchor": "end" }, rounded(tick));
  }
  for (const tick of roomy(x.ticks, x)) {
    shape(svg, "line", { class: "grid", x1: x(tick), x2: x(tick), y1: MARGIN.top, y2: bottom });
    shape(svg, "text", { x: x(tick), y: bottom + 18, "text-anchor": "middle" }, rounded(tick));
  }
  shape(svg, "path", { class: "frame", d: `M${MARGIN.left} ${MARGIN.top}V${bottom}H${right}` });
  const [along, name] = ["along", "quantity"].map((control) => form.elements[control].selectedOptions[0].text);
  shape(svg, "text", { x: (MARGIN.left + right) / 2, y: HEIGHT - 8, "text-anchor": "middle" }, along);
  const middle = (MARGIN.top + bottom) / 2;
  shape(svg, "text", { transform: `translate(14 ${middle}) rotate(-90)`, "text-anchor": "middle" }, name);
}

/** The area between the quantiles, where both have a place; an infinite one is at the top. */
function band(points, { choice, x, y }) {
  const from = (end, other) => (end === null || (POSITIVE.includes(choice.quantity) && end <= 0) ? other : y(end));
  const upper = points.map((point) => [x(point.x), from(point.high, MARGIN.top)]);
  const lower = points.map((point) => [x(point.x), from(point.low, HEIGHT - MARGIN.bottom)]);
  return `M${upper.join("L")}L${lower.reverse().join("L")}Z`;
}

function draw() {
  const { choice, lines } = view;
  const shown = [...lines].map(([name, points]) => [name, points.filter((point) => placed(point, choice))]);
  const all = shown.flatMap(([, points]) => points);
  if (!all.length) {
    plot.replaceChildren(element("p", {}, "Nothing was measured for this choice."));
    return;
  }
  const width = Math.min(plot.clientWidth, 860);
  const positive = (value) => value !== null && (!POSITIVE.includes(choice.quantity) || value > 0);
  view.x = scale(all.map((point) => point.x), MARGIN.left, width - MARGIN.right);
  view.y = scale(all.flatMap((point) => [point.value, point.low, point.high]).filter(positive), HEIGHT - MARGIN.bottom, MARGIN.top);
  const name = `${choice.quantity} against ${choice.along}`;
  const svg = shape(plot, "svg", { width, height: HEIGHT, role: "img", "aria-label": `${name}; the table beside it has the numbers` });
  axes(svg, view, width);
  for (const [estimator, points] of shown.filter(([, points]) => points.length)) {
    const { colour } = data.looks[estimator];
    if (shown.length <= MOST_BANDS) shape(svg, "path", { class: "band", d: band(points, view), fill: colour });
    const line = points.map((point) => [view.x(point.x), view.y(point.value)]);
    shape(svg, "path", { class: "curve", d: `M${line.join("L")}`, stroke: colour });
  }
  view.marks = shape(svg, "g", {});
  svg.addEventListener("mousemove", (event) => point(event.clientX - svg.getBoundingClientRect().left));
  plot.replaceChildren(svg);
}

/** Read the checkpoint that is nearest to a place along the x axis. */
function point(pixels) {
  const [first] = view.lines.values();
  const away = (i) => (placed(first[i], view.choice) ? Math.abs(view.x(first[i].x) - pixels) : Infinity);
  slider.value = first.reduce((best, _, i) => (away(i) < away(best) ? i : best), 0);
  read();
}

/** Mark the checkpoint of the slider on every curve, and tabulate it. */
function read() {
  const { choice, lines, marks } = view;
  const [first] = lines.values();
  if (!first) {
    document.getElementById("points").replaceChildren();
    return;
  }
  slider.setAttribute("aria-valuetext", `step ${first[slider.value].step}`);
  marks?.replaceChildren();
  const rows = [];
  for (const [estimator, points] of lines) {
    const here = points[slider.value];
    const { colour, outline } = data.looks[estimator];
    if (marks && placed(here, choice)) {
      shape(marks, "path", { d: outline, fill: colour, transform: `translate(${view.x(here.x)} ${view.y(here.value)})` });
    }
    const numbers = [here.x, here.value, here.low, here.high].map((value) => element("td", { title: value ?? "" }, rounded(value)));
    rows.push(element("tr", {}, element("td", {}, estimator), ...numbers, element("td", {}, here.status)));
  }
  const names = ["estimator", choice.along, choice.quantity, "10 %", "90 %", "status"];
  document.getElementById("points").replaceChildren(element("table", {},
    element("caption", {}, `After ${first[slider.value].step} steps`),
    element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...rows)));
}

function update() {
  drawn = plot.clientWidth;
  const choice = asked();
  view = { choice, lines: curves(choice) };
  const [first] = view.lines.values();
  const last = first ? first.length - 1 : 0;
  if (Number(slider.max) !== last || !slider.dataset.read) [slider.max, slider.value] = [last, last];
  slider.dataset.read = "yes";
  draw();
  const missing = choice.estimators.filter((name) => !view.lines.get(name)?.some((here) => placed(here, choice)));
  document.getElementById("absent").textContent = missing.length ? `Not in the plot: ${missing.join(", ")}.` : "";
  read();
}

for (const id of ["controls", "view"]) document.getElementById(id).hidden = false;
form.addEventListener("change", update);
form.addEventListener("submit", (event) => event.preventDefault());
slider.addEventListener("input", read);
addEventListener("resize", () => plot.clientWidth !== drawn && update());
update();
