// Nicer, never needed: colours to press, each with its name. Without script a colour is typed or chosen in the browser's own control.

for (const group of document.querySelectorAll("[data-swatches]")) {
  const box = document.getElementById(group.dataset.swatches);
  if (!box) continue;
  const buttons = [...group.querySelectorAll("[data-colour]")];
  const say = () => {
    const now = box.value.trim().toLowerCase();
    for (const one of buttons) {
      const is = [one.dataset.colour.toLowerCase(), one.dataset.shown].includes(now);
      one.setAttribute("aria-pressed", String(is));
    }
  };
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const one = event.target.closest("[data-colour]");
    if (!one) return;
    // The browser's control takes #rrggbb alone.
    box.value = box.type === "color" ? one.dataset.shown : one.dataset.colour;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  box.addEventListener("input", say);
}
