// All rows of the tables, from the numbers that the page holds: made when a listing is opened, sorted and filtered.

const FIRST = 500; // rows that are shown at first
const narrowScreen = matchMedia("(max-width: 48rem)");

function text(table, name, row) {
  const value = held(table, name, row);
  if (value === null || typeof value === "string") return value ?? "";
  return name === "replicates" ? String(value) : rounded(value);
}

/** The numbers of the rows in an order: missing last, equal ones as they were. */
function sorted(table, rows, { name, ascending }) {
  if (!name) return rows;
  const infinite = { inf: Infinity, "-inf": -Infinity };
  const value = (row) => (table.columns[name].numbers ? infinite[held(table, name, row)] : null) ?? held(table, name, row);
  const values = new Map(rows.map((row) => [row, value(row)]));
  return [...rows].sort((a, b) => {
    const [one, other] = [values.get(a), values.get(b)];
    if (one === null || other === null) return (one === null) - (other === null);
    return (one < other ? -1 : one > other ? 1 : 0) * (ascending ? 1 : -1);
  });
}

/** On a narrow screen the estimator stands first, then what was measured of it, then what else tells the rows apart. */
function inOrder(table, columns) {
  if (!narrowScreen.matches) return columns;
  const by = ["numerator", "estimator"].find((name) => columns.includes(name)) ?? columns[0];
  const measured = columns.filter((name) => table.columns[name].numbers && name !== "replicates");
  return [...new Set([by, ...measured, ...columns])];
}

function filters(table, columns, change) {
  const bar = element("div", { class: "filters" });
  for (const name of columns) {
    const known = table.columns[name].values ?? [];
    if (known.length < 2) continue;
    const choices = known.map((value) => element("option", { value: JSON.stringify(value) }, value === null ? "none" : String(value)));
    bar.append(element("label", {}, name, element("select", { name }, element("option", { value: "" }, "all"), ...choices)));
  }
  bar.addEventListener("change", change);
  return bar;
}

function list(root) {
  const { name } = root.dataset;
  const table = data.tables[name];
  const columns = inOrder(table, data.listed[name]);
  const order = { name: "", ascending: true };
  let most = FIRST;
  const body = element("tbody");
  const count = element("output", {});
  const more = element("button", { type: "button" }, "show all");
  const show = () => {
    const wanted = [...bar.querySelectorAll("select")].filter((one) => one.value).map((one) => [one.name, JSON.parse(one.value)]);
    const all = Array.from({ length: table.rows }, (_, row) => row);
    const rows = sorted(table, all.filter((row) => wanted.every(([key, value]) => held(table, key, row) === value)), order);
    const shown = rows.slice(0, most);
    body.replaceChildren(...shown.map((row) => element("tr", {}, ...columns.map((key) => element("td", {}, text(table, key, row))))));
    more.hidden = shown.length === rows.length;
    const first = more.hidden ? "" : `, of which the first ${shown.length} are shown`;
    count.textContent = `${rows.length} of ${table.rows} rows${first}`;
  };
  const bar = filters(table, columns, show);
  more.addEventListener("click", () => { most = Infinity; show(); });
  const heads = columns.map((key) => {
    const button = element("button", { type: "button" }, key);
    const head = element("th", { scope: "col" }, button);
    button.addEventListener("click", () => {
      Object.assign(order, { ascending: !(order.name === key && order.ascending), name: key });
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order.ascending ? "ascending" : "descending");
      show();
    });
    return head;
  });
  const view = element("table", { class: "listing" }, element("caption", {}, `From ${name}.csv, rounded to five digits`),
    element("thead", {}, element("tr", {}, ...heads)), body);
  bar.append(count, more);
  const title = root.querySelector("summary").textContent;
  root.append(bar, element("div", { class: "scroll tall", tabindex: 0, role: "region", "aria-label": `${title}, rows` }, view));
  show();
}

for (const root of document.querySelectorAll("#rows details")) root.addEventListener("toggle", () => list(root), { once: true });
