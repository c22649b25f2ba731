// The explorer of learning curves; all before it is in one script with it.

const MOST_BANDS = 4; // more of them over each other are fog

const slider = document.getElementById("checkpoint");
let view = null; // what is drawn: the choice, its curves, its scales

/** Whether a point has a place in the plot. */
function placed(point) {
  if (point.value === null || point.x === null) return false;
  return (!view.xlog || point.x > 0) && (!view.ylog || point.value > 0);
}

/** The area between the quantiles, where both have a place; an infinite one is at the top. */
function band(points) {
  const { x, y, ylog } = view;
  const from = (end, other) => (end === null || (ylog && end <= 0) ? other : y(end));
  const upper = points.map((point) => [x(point.x), from(point.high, MARGIN.top)]);
  const lower = points.map((point) => [x(point.x), from(point.low, HEIGHT - MARGIN.bottom)]);
  return `M${upper.join("L")}L${lower.reverse().join("L")}Z`;
}

/** The scales of both axes, as chosen or as suits: positive quantities and costs logarithmic. */
function settle(all) {
  const { quantity, along } = view.choice;
  const heights = all.flatMap((point) => [point.value, point.low, point.high]).filter((value) => value !== null);
  const positive = (values) => values.some((value) => value > 0);
  view.xlog = logarithmic("x", positive(all.map((point) => point.x)), along !== "step");
  const every = POSITIVE.includes(quantity) ? positive(heights) : heights.every((value) => value > 0);
  view.ylog = logarithmic("y", heights.length > 0 && every, POSITIVE.includes(quantity) || spread(heights));
}

function draw() {
  const { lines } = view;
  const all = [...lines.values()].flat().filter((point) => point.value !== null && point.x !== null);
  settle(all);
  const shown = [...lines].map(([name, points]) => [name, points.filter(placed)]).filter(([, points]) => points.length);
  view.marks = null;
  if (!shown.length) return nothing();
  const there = shown.flatMap(([, points]) => points);
  const heights = there.flatMap((point) => [point.value, point.low, point.high]);
  view.x = across(there.map((point) => point.x), view.xlog);
  view.y = upwards(heights.filter((value) => value !== null && (!view.ylog || value > 0)), view.ylog);
  const label = `${told("quantity")} against ${told("along")}; the table beside it has the numbers`;
  const svg = frame({ x: view.x, y: view.y, ticks: view.x.ticks, label, role: "img" });
  for (const [estimator, points] of shown) {
    const style = `--paint: ${data.looks[estimator].paint}`;
    if (lines.size <= MOST_BANDS) shape(svg, "path", { class: "band", d: band(points), style });
    shape(svg, "path", { class: "curve", d: `M${points.map((point) => [view.x(point.x), view.y(point.value)]).join("L")}`, style });
  }
  view.marks = shape(svg, "g", {});
  svg.addEventListener("mousemove", (event) => point(event.clientX - svg.getBoundingClientRect().left));
  return plot.replaceChildren(svg);
}

/** Read the checkpoint that is nearest to a place along the x axis. */
function point(pixels) {
  const [first] = view.lines.values();
  const away = (i) => (placed(first[i]) ? Math.abs(view.x(first[i].x) - pixels) : Infinity);
  slider.value = first.reduce((best, _, i) => (away(i) < away(best) ? i : best), 0);
  read();
}

/** Mark the checkpoint of the slider on every curve, and tabulate it. */
function read() {
  const { lines, marks, x, y } = view;
  const [first] = lines.values();
  document.getElementById("points").replaceChildren();
  if (!first) return;
  slider.setAttribute("aria-valuetext", `step ${first[slider.value].step}`);
  const here = [...lines.values()].map((points) => points[slider.value]);
  marks?.replaceChildren();
  const there = marks ? here.filter(placed) : [];
  const aside = dodged(there, x, y);
  for (const point of there) {
    const { paint, outline } = data.looks[point.estimator];
    const transform = `translate(${x(point.x) + aside.get(point)} ${y(point.value)})`;
    shape(marks, "path", { class: "mark-of", d: outline, style: `--paint: ${paint}`, transform });
  }
  const cells = (point) => [element("td", {}, labelOf(point.estimator)),
    ...[point.x, point.value, point.low, point.high].map(numeral), element("td", {}, point.status)];
  const heads = ["estimator", told("along"), told("quantity"), "10 %", "90 %", "status"];
  document.getElementById("points").replaceChildren(tableOf(`After ${first[slider.value].step} steps`, heads, here.map(cells)));
}

/** The choice, the heads and the rows of all curves that are drawn, in the names of the files. */
function drawnPoints() {
  const { choice, lines } = view;
  const axis = choice.along === "step" ? [] : [choice.along];
  const heads = [...FACETS, "estimator", "step", ...axis, ...SPAN.map((end) => choice.quantity + end), "status"];
  const rows = [...lines.values()].flat().map(({ estimator, step, x, value, low, high, status }) =>
    [...FACETS.map((name) => choice.facets[name]), estimator, step, ...(axis.length ? [x] : []), value, low, high, status]);
  return { choice, heads, rows };
}

begin(() => {
  drawn = plot.clientWidth;
  offer();
  const choice = asked();
  view = { choice, lines: curves(choice) };
  const [first] = view.lines.values();
  const last = first ? first.length - 1 : 0;
  if (Number(slider.max) !== last || !slider.dataset.read) [slider.max, slider.value] = [last, last];
  slider.dataset.read = "yes";
  draw();
  besides();
  const missing = choice.estimators.filter((name) => !view.lines.get(name)?.some(placed));
  document.getElementById("absent").textContent = missing.length ? `Not in the plot: ${missing.map(labelOf).join(", ")}.` : "";
  read();
});
slider.addEventListener("input", read);
takeAlong(drawnPoints);
