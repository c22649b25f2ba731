const QUANTITIES = {
  variance_ratio: { table: "ratios", by: "numerator", level: 1 },
  variance: { table: "statistics", by: "estimator" },
  gradient: { table: "statistics", by: "estimator" },
  efficiency_ratio: { table: "efficiency", by: "numerator", level: 1 },
  mse_ratio: { table: "ratios", by: "numerator", level: 1 },
  estimate_ns: { table: "timings", by: "estimator" },
};
const NORMAL = 1.959963984540054; // 95 % of a normal lie within so many standard errors

/** The values that the rows of the chosen family have in a column of a table. */
function valuesOf(table, name) {
  const family = valueOf("family");
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter((row) => cell(table, "family", row) === family);
  return new Set(rows.map((row) => cell(table, name, row)).filter((value) => value !== null));
}

/** Leave to the reader only what the table of the chosen quantity knows of the chosen family. */
function offer() {
  const { table: name, by } = QUANTITIES[form.elements.quantity.value];
  const table = data.tables[name];
  const known = Object.fromEntries(FACETS.map((facet) => [facet, valuesOf(table, facet)]));
  const least = [...form.elements.along.options].some(({ value }) => known[value].size > 1) ? 2 : 1;
  narrow("along", (facet) => known[facet].size >= least);
  for (const facet of FACETS) {
    const here = facet !== form.elements.along.value && (facet === "family" || known[facet].size > 0);
    const all = facet === "family" || !["parameter", "vector"].includes(facet);
    narrow(facet, (value) => here && (all || known[facet].has(JSON.parse(value))));
  }
  for (const box of form.querySelectorAll("[name=estimator]")) {
    box.disabled = !table.columns[by].values.includes(box.value);
    box.parentNode.hidden = box.disabled;
  }
}

