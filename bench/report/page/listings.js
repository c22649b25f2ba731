// Sorting and filtering of the listings; follows explorer.js, in one script with it.

/** Sort by a column: missing last, equal ones as they were. */
function sort(listing, header, name) {
  const ascending = header.getAttribute("aria-sort") !== "ascending";
  for (const other of header.parentNode.cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const value = (row) => cell(listing.table, name, row);
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0) * (ascending ? 1 : -1);
  const order = listing.lines.map((_, row) => row).sort((a, b) =>
    value(a) === null || value(b) === null ? (value(a) === null) - (value(b) === null) : compare(value(a), value(b)));
  listing.body.append(...order.map((row) => listing.lines[row]));
}

function filter(listing, bar) {
  const wanted = [...bar.querySelectorAll("select")].filter((one) => one.value).map((one) => [one.name, JSON.parse(one.value)]);
  let count = 0;
  listing.lines.forEach((line, row) => {
    line.hidden = !wanted.every(([name, value]) => cell(listing.table, name, row) === value);
    count += !line.hidden;
  });
  bar.querySelector("output").textContent = `${count} of ${listing.lines.length} rows`;
}

function enliven(view) {
  const body = view.tBodies[0];
  const listing = { table: data.tables[view.dataset.table], body, lines: [...body.rows] };
  const bar = document.querySelector(`.filters[data-for="${view.dataset.table}"]`);
  for (const header of view.tHead.rows[0].cells) {
    const name = header.textContent;
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => sort(listing, header, name));
    header.replaceChildren(button);
    const known = listing.table.columns[name].values;
    if (!known) continue;
    const choices = known.map((value) => element("option", { value: JSON.stringify(value) }, value === null ? "none" : String(value)));
    bar.append(element("label", {}, name, element("select", { name }, element("option", { value: "" }, "all"), ...choices)));
  }
  bar.append(element("output", {}));
  bar.addEventListener("change", () => filter(listing, bar));
  filter(listing, bar);
}

document.getElementById("sortable").hidden = false;
document.querySelectorAll(".listing").forEach(enliven);
