/** What a row of a table has in a column; null where it has nothing, or where there is no such column. */
function cell(table, name, row) {
  const column = table.columns[name];
  if (!column) return null;
  return column.numbers ? column.numbers[row] : column.values[column.codes[row] ?? 0];
}

/** Rounded to five digits: 3.75, 120, 2.6e4. */
function rounded(value) {
  if (value === null) return "";
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(4).split("e").map(Number);
  return Math.abs(exponent) < 4 ? String(Number(value.toPrecision(5))) : `${mantissa}e${exponent}`;
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

