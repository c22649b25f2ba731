const INLINED = ["fill", "fill-opacity", "font-family", "font-size", "stroke", "stroke-dasharray", "stroke-opacity", "stroke-width"];
const [LINE, SHARP] = [20, 2]; // pixels of a line of text; pixels of the picture for one of the page

/** A copy of the plot that needs no page around it: in light colours, its styles in its elements. */
function alone(svg) {
  const root = document.documentElement;
  const copy = svg.cloneNode(true);
  root.style.colorScheme = "light";
  const copies = copy.querySelectorAll("*");
  svg.querySelectorAll("*").forEach((one, i) => {
    const style = getComputedStyle(one);
    for (const name of INLINED) copies[i].style.setProperty(name, style.getPropertyValue(name));
  });
  root.style.colorScheme = "";
  for (const halo of copy.querySelectorAll(".halo")) halo.remove();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return copy;
}

/** Text in lines of so many letters. */
function linesOf(text, letters) {
  return text.split(" ").reduce((lines, word) => {
    const longer = `${lines.at(-1)} ${word}`.trim();
    return longer.length <= letters ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, [""]);
}

/** The plot with the names of its marks and what it shows, as the address of a PNG. */
async function pictureOf(svg, estimators) {
  const copy = alone(svg);
  const [width, plotted] = [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
  const lines = linesOf(`${data.name}: ${[...shownOf(true), ...shownOf(false)].join(", ")}.`, width / 7);
  const style = "font: 13px sans-serif; fill: #1c2330";
  estimators.forEach((name, i) => {
    const y = plotted + (i + 0.7) * LINE;
    shape(copy, "path", { d: data.looks[name].outline, style: `fill: ${data.looks[name].colour}`, transform: `translate(${MARGIN.left} ${y - 4})` });
    shape(copy, "text", { x: MARGIN.left + 14, y, style }, labelOf(name));
  });
  lines.forEach((line, i) => shape(copy, "text", { x: 8, y: plotted + (estimators.length + i + 1) * LINE, style }, line));
  const height = plotted + (estimators.length + lines.length + 1) * LINE;
  copy.setAttribute("height", height);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = element("canvas", { width: SHARP * width, height: SHARP * height });
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

