const ROOM = { left: 8, right: 8, row: 120 };
const COUNT = 200; // estimates of each
const NAMES = { score_function: "score function", pathwise: "pathwise" };
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

function panel(id) {
  const root = document.getElementById(id);
  root.hidden = false;
  return { form: root.querySelector("form"), drawing: root.querySelector(".drawing"), told: root.querySelector(".told") };
}

const paintOf = (name) => `--paint: ${data.try.looks[name].paint}`;
/** The name of an estimator beside its mark. */
function named(svg, name, x, y) {
  shape(svg, "path", { class: "mark-of", d: data.try.looks[name].outline, transform: `translate(${x + 6} ${y - 4})`, style: paintOf(name) });
  shape(svg, "text", { x: x + 16, y, "font-weight": 600 }, NAMES[name]);
}

/** The mean of values and its standard error, both to the second digit of this: 212 \u00b1 17. */
function meanOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (values.length - 1) / values.length);
  const power = Math.floor(Math.log10(error || 1)) - 1;
  const [told, off] = [mean, error].map((value) => (Math.round(value / 10 ** power) * 10 ** power).toFixed(Math.max(0, -power)));
  return `${told} \u00b1 ${off}`;
}

/** A drawing that shrinks where it has less room than it was made for. */
const canvas = (parent, width, height, label) => shape(parent, "svg", { width, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });

const samplesOf = (form) => Math.round(10 ** Number(form.elements.samples.value));

/** 200 estimates by each, as marks over their histogram. */
function showDraws() {
  const { form, drawing, told } = panel("draws");
  let seed = 1;
  const update = () => {
    const [sigma, samples] = [10 ** Number(form.elements.sigma.value), samplesOf(form)];
    const by = form.elements.parameter.value;
    form.elements["sigma-told"].value = rounded(Number(sigma.toPrecision(3)));
    form.elements["samples-told"].value = samples;
    const [f, theta, normal] = [squaredError(data.try), { mu: data.try.mu, sigma }, normals(seed)];
    const [p, factor] = by === "mu" ? [0, 1] : [1, 1 / (2 * sigma)];
    const made = Array.from({ length: COUNT }, () => estimates(f, theta, samples, normal));
    const exact = exactGradient(f, theta)[p] * factor;
    const variances = exactVariance(f, theta);
    const width = Math.min(drawing.clientWidth || 600, 860);
    const all = Object.keys(NAMES).map((name) => made.map((one) => one[name][p] * factor));
    const reach = Math.max(...all.flat().map((value) => Math.abs(value - exact))) || 1;
    const x = (value) => width / 2 + ((value - exact) / reach) * (width / 2 - ROOM.left - 6);
    const svg = canvas(drawing, width, 2 * ROOM.row + 30, "estimates by both");
    Object.keys(NAMES).forEach((name, row) => {
      const base = (row + 1) * ROOM.row - 18;
      const bins = new Array(41).fill(0);
      for (const value of all[row]) bins[Math.round(((value - exact) / reach) * 20) + 20]++;
      const step = (width - ROOM.left - ROOM.right - 12) / 40;
      const most = Math.max(...bins);
      bins.forEach((count, i) => {
        if (count) shape(svg, "rect", { x: x(exact + ((i - 20) / 20) * reach) - step / 2, y: base - (count / most) * 70, width: step, height: (count / most) * 70, class: "bin", style: paintOf(name) });
      });
      for (const value of all[row]) shape(svg, "path", { class: "estimate", d: `M${x(value)} ${base + 2}v10`, style: paintOf(name) });
      named(svg, name, ROOM.left, base - 76);
    });
    shape(svg, "path", { class: "level", d: `M${x(exact)} 0V${2 * ROOM.row}` });
    shape(svg, "text", { x: x(exact), y: 2 * ROOM.row + 20, "text-anchor": "middle" }, `exact: ${rounded(Number(exact.toPrecision(3)))}`);
    drawing.replaceChildren(svg);
    const ratio = variances.score_function[p] / variances.pathwise[p];
    drawing.dataset.ratio = ratio;
    told.textContent = `The means of these ${COUNT} estimates, with their standard errors, are ${all.map(meanOf).join(" and ")}. At n = ${data.try.n} and this \u03c3 the exact variance of the score function is ${rounded(Number(ratio.toPrecision(3)))} times that of pathwise, for every K.`;
  };
  form.addEventListener("input", update);
  form.elements.again.addEventListener("click", () => { seed++; update(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  update();
}

