/** Ticks of a log axis: powers of ten, with 2 and 5 between where they are few; where many, some, 1 among them. */
function logTicks(low, high) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const step = Math.ceil((last - first) / 8);
  const ticks = [];
  for (let power = step * Math.floor(first / step); power <= last; power += step) {
    for (const factor of last - first > 3 ? [1] : [1, 2, 5]) ticks.push(Number(`${factor}e${power}`));
  }
  return ticks;
}

function linearTicks(low, high) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** A scale from values to pixels, logarithmic or linear. */
function scale(values, start, end, log) {
  const to = log ? Math.log : (value) => value;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [a, b] = [to(least), to(most)];
  const room = (b - a) * 0.06 || (log ? 0.7 : Math.abs(a) * 0.1 || 1);
  const place = (value) => start + ((to(value) - a + room) / (b - a + 2 * room)) * (end - start);
  const from = (value) => (log ? Math.exp(value) : value);
  const [low, high] = [from(a - room), from(b + room)];
  const inside = (ticks) => ticks.filter((tick) => tick >= low && tick <= high);
  place.ticks = log ? inside(logTicks(low, high)) : [];
  if (place.ticks.length < 2) place.ticks = inside(linearTicks(low, high));
  return place;
}

/** Whether a log scale shows such values better: over five times as large as the least. */
const spread = (values) => Math.max(...values) >= 5 * Math.min(...values);

/** Those places of the x axis that have room for a label. */
function roomy(places, x) {
  let last = -Infinity;
  return places.filter((value) => x(value) - last > 44 && (last = x(value)) !== null);
}

const BESIDE = 9; // pixels from a mark to the next

/** Marks that would cover each other stand beside each other, in their order: how many pixels each is moved by. */
function dodged(points, x, y) {
  const moved = new Map();
  const settle = (pile) => points.filter((point) => pile.includes(point))
    .forEach((point, i, { length }) => moved.set(point, (i - (length - 1) / 2) * BESIDE));
  for (const column of new Set(points.map((point) => Math.round(x(point.x))))) {
    let pile = [];
    const here = points.filter((point) => Math.round(x(point.x)) === column).sort((a, b) => y(a.value) - y(b.value));
    for (const point of here) {
      if (pile.length && y(point.value) - y(pile.at(-1).value) >= BESIDE) {
        settle(pile);
        pile = [];
      }
      pile.push(point);
    }
    settle(pile);
  }
  return moved;
}

