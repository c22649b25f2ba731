const MARGIN = { left: 76, right: 16, top: 14, bottom: 48 };
const HEIGHT = 380;
const plot = document.getElementById("plot");
let drawn = 0; // pixels wide

/** An empty plot with its scales: ticks at some of x, at those of y. */
function frame({ x, y, ticks, label, role }) {
  const width = plotWidth();
  const [right, bottom] = [width - MARGIN.right, HEIGHT - MARGIN.bottom];
  const svg = shape(plot, "svg", { width, height: HEIGHT, role, "aria-label": label });
  for (const tick of y.ticks) {
    shape(svg, "line", { class: "grid", x1: MARGIN.left, x2: right, y1: y(tick), y2: y(tick) });
    shape(svg, "text", { x: MARGIN.left - 8, y: y(tick) + 4, "text-anchor": "end" }, powered(tick));
  }
  for (const tick of roomy(ticks, x)) {
    shape(svg, "line", { class: "grid", x1: x(tick), x2: x(tick), y1: MARGIN.top, y2: bottom });
    shape(svg, "text", { x: x(tick), y: bottom + 18, "text-anchor": "middle" }, powered(tick));
  }
  shape(svg, "path", { class: "frame", d: `M${MARGIN.left} ${MARGIN.top}V${bottom}H${right}` });
  shape(svg, "text", { x: (MARGIN.left + right) / 2, y: HEIGHT - 8, "text-anchor": "middle" }, told("along"));
  const middle = (MARGIN.top + bottom) / 2;
  shape(svg, "text", { transform: `translate(14 ${middle}) rotate(-90)`, "text-anchor": "middle" }, told("quantity"));
  return svg;
}

const plotWidth = () => Math.min(plot.clientWidth, 860);

/** A scale across the plot, and one up it. */
const across = (values, log) => scale(values, MARGIN.left, plotWidth() - MARGIN.right, log);
const upwards = (values, log) => scale(values, HEIGHT - MARGIN.bottom, MARGIN.top, log);

function nothing() {
  plot.replaceChildren(element("p", {}, "Nothing was measured for this choice."));
}

