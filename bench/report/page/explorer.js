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
