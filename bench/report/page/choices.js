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

