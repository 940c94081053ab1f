// Our rules in the editor's panel of checks: fetched when the preview has what was typed, shown without flicker, and a
// finding leads to its field. Without this script the page "Auf Barrieren prüfen" says the same of the saved draft.

const box = document.querySelector("[data-findings]");
const panel = document.querySelector('[data-side-panel="checks"]');
const counter = document.querySelector('[data-side-panel-toggle="checks"] [data-side-panel-toggle-counter]');
const wagtails = panel?.querySelector("[data-content-checker-count]");
let found = 0;
let asked = 0; // a slow answer to an old question is thrown away

async function ask() {
  const number = ++asked;
  try {
    const response = await fetch(box.dataset.findings, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!response.ok) throw new Error(String(response.status));
    const html = await response.text();
    if (number === asked) show(html);
  } catch {
    if (number === asked) say(box.dataset.failed, { visibly: true });
  }
}

function show(html) {
  const part = new DOMParser().parseFromString(html, "text/html").querySelector("[data-count]");
  const list = box.querySelector("[data-findings-list]");
  say(part.dataset.says);
  if (list.innerHTML === part.outerHTML) return;
  /** @type {HTMLAnchorElement} */
  const link = document.activeElement?.closest("[data-findings] a");
  const at = link?.hash;
  list.replaceChildren(part);
  if (at) list.querySelector(`a[href="${CSS.escape(at)}"], a`)?.focus({ preventScroll: true });
  found = Number(part.dataset.count);
  const count = box.querySelector("[data-findings-count]");
  count.textContent = String(found);
  count.classList.toggle("has-errors", found > 0);
  countAll();
}

// Said aloud only when it has changed; an error is also to be seen.
function say(text, { visibly = false } = {}) {
  const said = box.querySelector("[data-findings-said]");
  if (said.textContent !== text) said.textContent = text;
  said.classList.toggle("w-sr-only", !visibly);
}

// Wagtail writes the number of its own findings; the button shows both.
function countAll() {
  const all = found + (Number(wagtails?.textContent) || 0);
  counter.textContent = String(all);
  counter.hidden = all === 0;
}

// Open what is closed around the place, then put the cursor into it.
function goTo(id) {
  const place = document.getElementById(id);
  if (!place) return false;
  const tab = place.closest('[role="tabpanel"]');
  if (tab?.hidden) document.querySelector(`[role="tab"][href="#${tab.id}"]`)?.click();
  for (let outer = place; outer; outer = outer.parentElement?.closest("[data-panel]")) {
    outer.querySelector(':scope > .w-panel__header [data-panel-toggle][aria-expanded="false"]')?.click();
  }
  const seen = (selector) => [...place.querySelectorAll(selector)].find((field) => field.checkVisibility());
  const field =
    seen("[contenteditable='true'], input:not([type='hidden']), textarea, select") ??
    seen(".w-panel__content button") ?? // a picture or a file to choose
    place;
  place.scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
  return true;
}

if (box && panel && counter) {
  document.addEventListener("w-preview:json", ask);
  panel.addEventListener("show", ask);
  if (!panel.hidden) ask();
  if (wagtails)
    new MutationObserver(countAll).observe(wagtails, { childList: true, characterData: true, subtree: true });
  box.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    /** @type {HTMLAnchorElement} */
    const link = target.closest("a[href^='#']");
    if (link && goTo(link.hash.slice(1))) event.preventDefault();
  });
}
