// Which section of the page is being read, and texts to copy.

const places = [...document.querySelectorAll("nav a")];

/** The section that crosses a line below the contents is the one that is read; one without a name is part of that before. */
const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const place = places.find((link) => link.hash === `#${target.id}`);
    if (!isIntersecting || !place) continue;
    for (const link of places) link.removeAttribute("aria-current");
    place.setAttribute("aria-current", "true");
    place.parentNode.scrollLeft = place.offsetLeft - place.parentNode.offsetLeft - 16;
  }
}, { rootMargin: "-25% 0px -74% 0px" });
for (const section of document.querySelectorAll("main > section")) observer.observe(section);

/** Copy what an element says or, where the browser does not allow that, select it for the keyboard. */
for (const button of document.querySelectorAll("[data-copies]")) {
  const from = document.getElementById(button.dataset.copies);
  const said = button.nextElementSibling;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copied(from.textContent);
    if (!done) getSelection().selectAllChildren(from);
    said.textContent = done ? "Copied." : "The browser does not let a page copy; the text is selected.";
  });
}

