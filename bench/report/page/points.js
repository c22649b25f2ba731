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

/** Which estimators have no mark in the plot, and why. */
function absent(found, { estimators }) {
  const words = estimators.flatMap((name) => {
    const own = found.filter((point) => point.estimator === name);
    if (own.some((point) => point.value !== null)) return [];
    return [`${labelOf(name)} (${[...new Set(own.map((point) => point.status))].join("; ") || "no such row"})`];
  });
  return words.length ? `Not in the plot: ${words.join(", ")}.` : "";
}

