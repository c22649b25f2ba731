/** The estimators of a quadratic f(y) = a/2 (y - m)^2 + b under N(mu, sigma^2), as the kernels have them. */

/** Standard normals from a seed: mulberry32 and Box and Muller. */
function normals(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** f of n data with this mean and variance: n ((y - mean)^2 + variance). */
function squaredError({ n, mean, variance }) {
  return { a: 2 * n, m: mean, b: n * variance, entropy: false };
}

/** One estimate by each estimator, by mu and by sigma, from the same K draws. */
function estimates({ a, m, b }, { mu, sigma }, samples, normal) {
  const sums = { score_function: [0, 0], pathwise: [0, 0] };
  for (let k = 0; k < samples; k++) {
    const eps = normal();
    const off = mu + sigma * eps - m;
    const [f, slope] = [(a / 2) * off * off + b, a * off];
    sums.score_function[0] += (f * eps) / sigma;
    sums.score_function[1] += (f * (eps * eps - 1)) / sigma;
    sums.pathwise[0] += slope;
    sums.pathwise[1] += slope * eps;
  }
  for (const sum of Object.values(sums)) for (const p of [0, 1]) sum[p] /= samples;
  return sums;
}

/** dE f/dmu and dE f/dsigma. */
function exactGradient({ a, m }, { mu, sigma }) {
  return [a * (mu - m), a * sigma];
}

/** The variance of one draw's gradient by mu and by sigma; the score function's from the moments of eps. */
function exactVariance({ a, m, b }, { mu, sigma }) {
  const [d, s] = [mu - m, sigma];
  const c = [(a / 2) * d * d + b, a * d * s, (a / 2) * s * s]; // f = c0 + c1 eps + c2 eps^2
  const square = [c[0] * c[0], 2 * c[0] * c[1], c[1] * c[1] + 2 * c[0] * c[2], 2 * c[1] * c[2], c[2] * c[2]];
  const moments = [1, 0, 1, 0, 3, 0, 15, 0, 105]; // E eps^k
  const mean = (weights) => square.reduce((sum, term, i) => sum + term * weights.reduce((w, g, k) => w + g * moments[i + k], 0), 0);
  const gradient = exactGradient({ a, m }, { mu, sigma });
  return {
    score_function: [mean([0, 0, 1]) / (s * s) - gradient[0] ** 2, mean([1, 0, -2, 0, 1]) / (s * s) - gradient[1] ** 2],
    pathwise: [(a * s) ** 2, a * a * (d * d + 2 * s * s)],
  };
}
