// For every page: "Vorlesen" appears where the device has a voice for the page's language, and the ruler follows.

const bar = document.querySelector("[data-aloud-script]");
const root = document.documentElement;
const language = root.lang.split("-")[0];

function hasVoice() {
  return speechSynthesis.getVoices().some((voice) => voice.lang.toLowerCase().startsWith(language));
}

function offer() {
  const item = bar.querySelector("[data-aloud]");
  if (!item.hidden || !hasVoice()) return;
  item.hidden = false;
  item.querySelector("button").addEventListener("click", async ({ currentTarget }) => {
    const { toggle } = await import(bar.dataset.aloudScript);
    toggle(currentTarget, Number(bar.dataset.pace));
  });
}

if (bar && !("aloudOff" in bar.dataset) && "speechSynthesis" in window) {
  offer(); // Safari knows its voices at once, others tell when they do
  speechSynthesis.addEventListener?.("voiceschanged", offer);
}

if ("ruler" in root.dataset) {
  const line = (y) => root.style.setProperty("--ls-line", `${Math.round(y)}px`);
  document.addEventListener("pointermove", (event) => line(event.clientY), { passive: true });
  document.addEventListener("focusin", (event) => {
    const target = /** @type {Element} */ (event.target);
    const box = target.getBoundingClientRect();
    if (target.matches(":focus-visible")) line(box.top + Math.min(box.height / 2, 24));
  });
}

// One menu of the first row at a time, and Escape closes it.
/** @type {NodeListOf<HTMLDetailsElement>} */
const found = document.querySelectorAll(".ls-tools details, .ls-places");
const menus = [...found];
for (const menu of menus) {
  menu.addEventListener("toggle", () => {
    if (menu.open)
      menus
        .filter((other) => other !== menu)
        .forEach((other) => {
          other.open = false;
        });
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// --- what was typed before a script was there sent it no event: the form is looked at as it stands ---

/**
 * Whether somebody changed the form since it came. What a browser fills in by itself counts, too: such a form says
 * autocomplete="off".
 * @param {HTMLFormElement} form
 */
export const isTyped = (form) => [...form.elements].some(differs);

/** @param {Element} field */
function differs(field) {
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (field instanceof HTMLSelectElement) {
    const came = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(came, 0);
  }
  if (!(field instanceof HTMLInputElement) || field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}
