const OBJECTIVES = {
  squared_error: () => squaredError(data.try),
  reverse_kl: () => ({ a: 1, m: 1, b: Math.log(2 * Math.PI) / 2, entropy: true }),
  elbo: () => ({ a: 11, m: 10 / 11, b: 20, entropy: true }), // z ~ N(0, 1), ten data x ~ N(z, 1) with mean 1
};
const START = { mu: -1, sigma: 1.5 };
const [STEPS, SHOWN, RATE] = [400, 100, 0.02]; // at most, at first; the rate over the curvature
const FAR = 1000; // from where a path is given up, in mu or sigma
const REPEATS = 12; // that are drawn pale beside the path that is told
const [LEGEND, ARM] = [160, 12]; // pixels for a name with its mark, and of the cross

/** Where one step leads, in (mu, log sigma). */
function stepped(f, theta, gradient) {
  const rate = RATE / f.a;
  const byLog = theta.sigma * gradient[1] - (f.entropy ? 1 : 0);
  return { mu: theta.mu - rate * gradient[0], sigma: theta.sigma * Math.exp(-Math.max(-2, Math.min(2, rate * byLog))) };
}

/** The paths of both estimators from one start. */
function showDescent() {
  const { form, drawing, told } = panel("descent");
  const { play } = form.elements;
  let paths, normal, timer;
  const last = (path) => path[path.length - 1];
  const lost = ({ mu, sigma }) => Math.max(Math.abs(mu), sigma) > FAR;
  const steps = () => paths.pathwise[0].length - 1;
  const objective = () => OBJECTIVES[form.elements.objective.value]();
  const advance = (count) => {
    const f = objective();
    for (let i = 0; i < count && steps() < STEPS; i++) {
      for (let r = 0; r <= REPEATS; r++) {
        const seed = Math.floor(1e9 * Math.abs(normal()));
        for (const name of Object.keys(NAMES)) {
          const at = last(paths[name][r]);
          paths[name][r].push(lost(at) ? at : stepped(f, at, estimates(f, at, samplesOf(form), normals(seed))[name]));
        }
      }
    }
  };
  const show = () => {
    const f = objective();
    const rest = f.entropy ? Math.sqrt(1 / f.a) : 0;
    const [width, height] = [Math.min(drawing.clientWidth || 600, 640), 320];
    const x = (mu) => 40 + ((mu + 2.5) / 5.5) * (width - 60);
    const y = (sigma) => height - 30 - (sigma / 2.4) * (height - 50);
    const svg = canvas(drawing, width, height, "paths in mu and sigma");
    for (const mu of [-2, -1, 0, 1, 2]) shape(svg, "text", { x: x(mu), y: height - 10, "text-anchor": "middle" }, mu);
    for (const sigma of [0, 1, 2]) shape(svg, "text", { x: 28, y: y(sigma) + 4, "text-anchor": "end" }, sigma);
    shape(svg, "path", { class: "frame", d: `M40 20V${y(0)}H${width - 20}` });
    shape(svg, "text", { x: width - 20, y: height - 10, "text-anchor": "end" }, "\u03bc");
    shape(svg, "text", { x: 44, y: 30 }, "\u03c3");
    Object.keys(NAMES).forEach((name, row) => {
      named(svg, name, width - LEGEND, 30 + 18 * row);
    });
    const [a, b] = [x(f.m), y(rest)];
    shape(svg, "path", { class: "level", d: `M${a - ARM} ${b}h${2 * ARM}M${a} ${b - ARM}v${2 * ARM}`, style: "stroke-dasharray: none; stroke-width: 3; stroke: var(--ink)" });
    const frame = shape(svg, "svg", { x: 40, y: 20, width: width - 60, height: y(0) - 20, viewBox: `40 20 ${width - 60} ${y(0) - 20}` }); // cuts off what leaves it
    const place = ({ mu, sigma }) => `${x(mu)} ${y(sigma)}`;
    for (const kind of ["curve repeat", "curve"]) {
      for (const [name, [first, ...repeats]] of Object.entries(paths)) {
        for (const path of kind === "curve" ? [first] : repeats) {
          shape(frame, "path", { class: kind, d: `M${path.map(place).join("L")}`, style: paintOf(name) });
        }
      }
    }
    for (const [name, [path]] of Object.entries(paths)) {
      shape(svg, "path", { class: "mark-of", d: data.try.looks[name].outline, transform: `translate(${place(last(path))})`, style: paintOf(name) });
    }
    drawing.replaceChildren(svg);
    form.elements["samples-told"].value = samplesOf(form);
    const ends = Object.entries(paths).map(([name, several]) => {
      const [mu, sigma] = ["mu", "sigma"].map((key) => several.map((path) => last(path)[key]).sort((a, b) => a - b));
      return `${NAMES[name]} at \u03bc from ${mu[0].toFixed(2)} to ${last(mu).toFixed(2)}, \u03c3 from ${sigma[0].toFixed(3)} to ${last(sigma).toFixed(3)}`;
    });
    told.textContent = `After ${steps()} steps the ${REPEATS + 1} paths are: ${ends.join("; ")}. The cross is where F is least${f.entropy ? "" : ", which no finite step reaches"}.${diverged()}`;
  };
  const diverged = () => {
    const counts = Object.entries(paths).map(([name, all]) => [all.filter((path) => lost(last(path))).length, name]);
    const told = counts.filter(([count]) => count).map(([count, name]) => `${count} of ${REPEATS + 1} by ${NAMES[name]}`);
    return told.length ? ` Diverged: ${told.join(", ")}.` : "";
  };
  const stop = () => { clearInterval(timer); timer = undefined; play.textContent = "play"; play.setAttribute("aria-pressed", "false"); };
  const start = () => { stop(); normal = normals(7); paths = Object.fromEntries(Object.keys(NAMES).map((name) => [name, Array.from({ length: REPEATS + 1 }, () => [START])])); show(); };
  const begin = () => { start(); advance(SHOWN); show(); };
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (steps() >= STEPS) start();
    if (still) { advance(STEPS); return show(); }
    play.textContent = "pause";
    play.setAttribute("aria-pressed", "true");
    timer = setInterval(() => { advance(2); show(); if (steps() >= STEPS) stop(); }, 40);
  });
  form.elements.step.addEventListener("click", () => { advance(10); show(); });
  form.elements.start.addEventListener("click", start);
  form.addEventListener("input", begin);
  form.addEventListener("submit", (event) => event.preventDefault());
  begin();
}

if (data.try) { showDraws(); showDescent(); }
