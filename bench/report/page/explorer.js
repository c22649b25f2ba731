// The explorer of a sweep: marks with intervals beside exact values; all before it is in one script with it.

const readout = document.getElementById("readout");
let seen = { choice: null, found: [] };

function words(point) {
  const interval = point.low === null ? "" : ` [${powered(point.low)}, ${powered(point.high)}]`;
  const exact = point.exact === null ? "" : `, exact ${powered(point.exact)}`;
  const status = point.status && point.status !== "ok" ? ` (${point.status})` : "";
  return `${labelOf(point.estimator)}, ${told("along")} ${powered(point.x)}: ${told("quantity")} ${powered(point.value)}${interval}${exact}${status}`;
}

function mark(svg, point, aside, { x, y }) {
  const { paint, outline } = data.looks[point.estimator];
  const group = shape(svg, "g", { class: "point", tabindex: 0, role: "img", "aria-label": words(point), style: `--paint: ${paint}` });
  const at = x(point.x) + aside;
  if (point.low !== null) shape(group, "path", { class: "bar", d: `M${at - 5} ${y(point.low)}h10m-5 0V${y(point.high)}m-5 0h10` });
  const hollow = point.status && point.status !== "ok" ? " hollow" : "";
  const place = { transform: `translate(${at} ${y(point.value)})` };
  shape(group, "path", { ...place, class: `mark-of${hollow}`, d: outline });
  shape(group, "circle", { ...place, class: "halo", r: 11 });
  for (const event of ["mouseenter", "focus"]) group.addEventListener(event, () => { readout.textContent = words(point); });
}

/** The line through the exact values or, where there are none, through the measured ones; a cross for one value. */
function line(svg, own, { x, y }) {
  const exact = own.filter((point) => point.exact !== null);
  const places = (exact.length ? exact : own).map((point) => [x(point.x), y(exact.length ? point.exact : point.value)]);
  const cross = ([a, b]) => `M${a - 12} ${b}h24M${a} ${b - 12}v24`;
  const d = places.length > 1 ? `M${places.join("L")}` : exact.length ? cross(places[0]) : "";
  const { paint } = data.looks[own[0].estimator];
  shape(svg, "path", { class: "oracle", d, style: `--paint: ${paint}`, "stroke-opacity": exact.length ? 1 : 0.5 });
}

function draw(found, choice) {
  const shown = found.filter((point) => point.value !== null);
  const { level } = QUANTITIES[choice.quantity];
  const xs = [...new Set(shown.map((point) => point.x))].sort((a, b) => a - b);
  const ends = shown.flatMap((point) => [point.value, point.low, point.high, point.exact]).filter((value) => value !== null);
  const heights = level ? [...ends, level] : ends;
  const positive = (values) => values.length > 0 && values.every((value) => value > 0);
  const xlog = logarithmic("x", xs.length > 1 && positive(xs), spread(xs));
  const ylog = logarithmic("y", positive(heights), spread(heights));
  if (!shown.length) return nothing();
  const place = { x: across(xs, xlog), y: upwards(heights, ylog) };
  const svg = frame({ ...place, ticks: xs, label: `${told("quantity")} along ${told("along")}`, role: "group" });
  const { x, y } = place;
  if (level) shape(svg, "line", { class: "level", x1: MARGIN.left, x2: plotWidth() - MARGIN.right, y1: y(level), y2: y(level) });
  const aside = dodged(shown, x, y);
  for (const estimator of choice.estimators) {
    const own = shown.filter((point) => point.estimator === estimator);
    if (own.length) line(svg, own, place);
    for (const point of own) mark(svg, point, aside.get(point), place);
  }
  return plot.replaceChildren(svg);
}

function tabulate(found) {
  const numbers = ["value", "low", "high", "exact"].filter((key) => found.some((point) => point[key] !== null));
  const judged = found.some((point) => point.status !== null);
  const heads = [told("along"), "estimator", ...numbers.map((key) => (key === "value" ? told("quantity") : key)), ...(judged ? ["status"] : [])];
  const cells = (point) => [
    numeral(point.x), element("td", {}, labelOf(point.estimator)),
    ...(point.value === null ? [] : numbers.map((key) => numeral(point[key]))),
    ...(judged ? [element("td", point.value === null ? { colspan: numbers.length + 1 } : {}, point.status)] : [])];
  const caption = `The points of the plot, with 95 % intervals${numbers.includes("exact") ? " and exact values" : ""}`;
  document.getElementById("points").replaceChildren(tableOf(caption, heads, found.map(cells)));
}

/** The choice, the heads and the rows of what is drawn, in the names of the files. */
function drawnPoints() {
  const { choice, found } = seen;
  const { table, by } = QUANTITIES[choice.quantity];
  const facets = FACETS.filter((name) => name !== choice.along && data.tables[table].columns[name]);
  const ends = ["", "_low", "_high"].map((end) => choice.quantity + end);
  const heads = [...facets, choice.along, by, ...ends, `exact_${choice.quantity}`, "status"];
  const rows = found.map(({ x, estimator, value, low, high, exact, status }) =>
    [...facets.map((name) => choice.facets[name]), x, estimator, value, low, high, exact, status]);
  return { choice, heads, rows };
}

begin(() => {
  drawn = plot.clientWidth;
  offer();
  const choice = asked();
  const found = points(choice);
  seen = { choice, found };
  readout.textContent = "Point at a mark, or move to it with the tab key, to read its numbers.";
  draw(found, choice);
  besides();
  document.getElementById("absent").textContent = absent(found, choice);
  tabulate(found);
});
takeAlong(drawnPoints);
