// What a reader takes along: the link, the points as CSV, the plot as PNG. A page from a file may not copy everywhere.

const tell = (words) => { document.getElementById("taken").textContent = words; };

/** Copy a text; whether the browser allowed it. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function download(name, address) {
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

const fileName = ({ quantity, along }, suffix) => `${data.name}_${quantity}_${along}.${suffix}`;

/** Rows as CSV: quoted where it must be, numbers in full, missing ones empty. */
function csvOf(heads, rows) {
  const quoted = (value) => (/[",\n\r]/.test(value ?? "") ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ""));
  return [heads, ...rows].map((row) => row.map(quoted).join(",")).join("\n") + "\n";
}

/** What the buttons do; `points` gives the choice, the heads and the rows of what is drawn. */
function takeAlong(points) {
  const on = (name, act) => document.querySelector(`[name=${name}]`).addEventListener("click", act);
  on("link", async () => {
    remember();
    tell(await copied(location.href) ? "The link is copied." : "The browser does not let a page copy; the address bar has the link.");
  });
  on("csv", async () => {
    const { choice, heads, rows } = points();
    const text = csvOf(heads, rows);
    if (await copied(text)) return tell(`${rows.length} rows are copied as CSV.`);
    download(fileName(choice, "csv"), `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`);
    return tell(`The browser does not let a page copy; it saves ${fileName(choice, "csv")}.`);
  });
  on("png", async () => {
    const svg = plot.querySelector("svg");
    if (!svg) return tell("There is no plot to save.");
    const { choice } = points();
    download(fileName(choice, "png"), await pictureOf(svg, choice.estimators));
    return tell(`The browser saves ${fileName(choice, "png")}.`);
  });
}

