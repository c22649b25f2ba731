const SPAN = ["", "_low", "_high"]; // the median over replicates, their 10 % and 90 % quantiles
const POSITIVE = ["gap", "distance", "gradient_norm", "step_variance"]; // on a log scale where that can be, without the zeros

/** The curve of each estimator that fits: its points in the order of the steps. */
function curves({ quantity, along, facets, estimators }) {
  const table = data.tables.curves;
  const fitting = new Map(estimators.map((name) => [name, []]));
  for (let row = 0; row < table.rows; row++) {
    const get = (column) => cell(table, column, row);
    const estimator = get("estimator");
    if (!fitting.has(estimator) || !FACETS.every((name) => get(name) === facets[name])) continue;
    const [value, low, high] = SPAN.map((end) => get(`${quantity}${end}`));
    fitting.get(estimator).push({ estimator, step: get("step"), x: get(along), value, low, high, status: get("status") });
  }
  for (const points of fitting.values()) points.sort((a, b) => a.step - b.step);
  return new Map([...fitting].filter(([, points]) => points.length));
}

/** Leave to the reader those values of a facet that a learner has beside the choices before it. */
function offer() {
  const table = data.tables.curves;
  let rows = Array.from({ length: table.rows }, (_, row) => row);
  for (const name of FACETS) {
    const there = new Set(rows.map((row) => cell(table, name, row)));
    narrow(name, (value) => there.has(JSON.parse(value)));
    rows = rows.filter((row) => cell(table, name, row) === valueOf(name));
  }
}

