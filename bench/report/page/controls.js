const form = document.getElementById("controls");
const FACETS = data.facets;
const scales = { x: null, y: null }; // what the reader has chosen; null: what suits the values

/** The words that a control shows for its choice. */
const told = (name) => form.elements[name].selectedOptions[0].text;
const labelOf = (name) => data.looks[name].label;

/** The value of a facet: of its control or, where there is but one, that. */
const valueOf = (name) => (name in data.single ? data.single[name].value : JSON.parse(form.elements[name].value));

/** What the controls ask for. */
function asked() {
  const chosen = { quantity: form.elements.quantity.value, along: form.elements.along.value, facets: {} };
  for (const name of FACETS) chosen.facets[name] = valueOf(name);
  chosen.estimators = [...form.querySelectorAll("[name=estimator]:checked:enabled")].map((box) => box.value);
  return chosen;
}

/** Leave a reader those choices of a control that are possible, and the control where there are several. */
function narrow(name, possible) {
  const control = form.elements[name];
  if (!control) return;
  for (const option of control.options) option.disabled = option.hidden = !possible(option.value);
  const left = [...control.options].filter((option) => !option.disabled);
  if (left.length && control.selectedOptions[0].disabled) control.value = left[0].value;
  control.closest("label").hidden = left.length < 2;
  control.disabled = !left.length;
}

/** Whether an axis is logarithmic: as chosen where it can be, else as suits. */
function logarithmic(axis, possible, suits) {
  const control = form.elements[`${axis}scale`];
  control.closest("label").hidden = !possible;
  control.value = possible && (scales[axis] ?? (suits ? "log" : "linear")) === "log" ? "log" : "linear";
  return control.value === "log";
}

/** What the plot shows, in words: of the facets that a reader can choose, or of those that leave no choice. */
function shownOf(chosen) {
  const controls = FACETS.map((name) => form.elements[name]).filter((control) => control && !control.disabled);
  const words = controls.filter((control) => control.closest("label").hidden !== chosen)
    .map((control) => `${control.dataset.title} ${control.selectedOptions[0].text}`);
  return [...(chosen ? [] : Object.values(data.single).map(({ words }) => words)), ...words].filter(Boolean);
}

function besides() {
  const words = shownOf(false).join(", ");
  document.getElementById("besides").textContent = words && `Shown: ${words}.`;
}

/** A choice of another quantity or axis is no choice of its scale. */
form.addEventListener("change", ({ target: { name, value } }) => {
  if (name === "quantity") scales.y = null;
  if (name === "along") scales.x = null;
  if (name === "xscale" || name === "yscale") scales[name[0]] = value;
});
form.addEventListener("submit", (event) => event.preventDefault());

