// A link restores the view: #show= with the choices of all controls that are seen.

const SHOW = "#show=";
const boxes = [...form.querySelectorAll("[name=estimator]")];

function remember() {
  const seen = [...form.querySelectorAll("select")].filter((control) => !control.closest("label").hidden && !control.disabled);
  const words = new URLSearchParams(seen.map((control) => [control.name, control.value]));
  if (!boxes.every((box) => box.checked)) for (const box of boxes) if (box.checked) words.append("estimator", box.value);
  if (!boxes.some((box) => box.checked)) words.append("estimator", "");
  history.replaceState(null, "", SHOW + words);
}

/** Choose what the address says, as far as there are such choices; whether it says any. */
function restore() {
  if (!location.hash.startsWith(SHOW)) return false;
  const words = new URLSearchParams(location.hash.slice(SHOW.length));
  for (const control of form.querySelectorAll("select")) {
    const wanted = words.get(control.name);
    if ([...control.options].some((option) => option.value === wanted)) control.value = wanted;
  }
  for (const axis of ["x", "y"]) {
    const wanted = words.get(`${axis}scale`);
    scales[axis] = ["log", "linear"].includes(wanted) ? wanted : null;
  }
  const named = words.getAll("estimator");
  const known = named.includes("") || boxes.some((box) => named.includes(box.value));
  for (const box of boxes) box.checked = !known || named.includes(box.value);
  return true;
}

/** Draw anew after every choice, and show what the address asks for. */
function begin(update) {
  for (const id of ["controls", "view"]) document.getElementById(id).hidden = false;
  const come = () => document.getElementById("explorer").scrollIntoView();
  const show = () => {
    const wanted = restore();
    update();
    if (wanted) document.readyState === "complete" ? come() : addEventListener("load", come);
  };
  form.addEventListener("change", () => { update(); remember(); });
  addEventListener("hashchange", () => location.hash.startsWith(SHOW) && show());
  addEventListener("resize", () => plot.clientWidth !== drawn && update());
  show();
}

