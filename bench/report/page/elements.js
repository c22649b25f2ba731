/** What a row of a table has in a column; null where it has nothing, or where there is no such column. */
function held(table, name, row) {
  const column = table.columns[name];
  if (!column) return null;
  return column.numbers ? column.numbers[row] : column.values[column.codes[row] ?? 0];
}

/** The same for a plot, where an infinite number has no place. */
function cell(table, name, row) {
  const value = held(table, name, row);
  return table.columns[name]?.numbers && typeof value === "string" ? null : value;
}

/** Rounded to five digits: 3.75, 120, 2.6e4. */
function rounded(value) {
  if (value === null) return "";
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(4).split("e").map(Number);
  return Math.abs(exponent) < 4 ? String(Number(value.toPrecision(5))) : `${mantissa}e${exponent}`;
}

/** The same with a raised power of ten. */
function powered(value) {
  const [mantissa, power] = rounded(value).split("e");
  if (power === undefined) return mantissa;
  const raised = [...power].map((sign) => "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[sign] ?? "\u207b").join("");
  return mantissa === "1" ? `10${raised}` : `${mantissa}\u00d710${raised}`;
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function shape(parent, name, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  parent.append(made);
  return made;
}

/** A table with its heads and rows of cells, the texts or elements of each row in order. */
function tableOf(caption, heads, rows) {
  const head = heads.map((name) => element("th", { scope: "col" }, name));
  return element("table", {}, element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells))));
}

/** A number in a table, in full for the pointer. */
const numeral = (value) => element("td", { title: value ?? "" }, rounded(value));

