// Nicer, never needed: what is chosen among the filters changes the list at once (htmx, fetched at the first touch). The
// page that comes is the one its address shows without script, so every state can be shared, reloaded and gone back to.

import { isTyped } from "./tools.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-htmx]"));
const said = document.getElementById("gesagt");
const FILTER = "filter"; // what the form's hx-trigger waits for
/** @type {Promise<unknown> | undefined} */
let loading;
/** @type {Element | null} */
let toTheList = null; // from there the focus goes to the list once it has come, unless somebody has moved on
let choices = 0; // made so far
let asked = 0; // choices when the list was asked for

function htmx() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = form.dataset.htmx;
    script.addEventListener("load", () => setTimeout(done)); // after htmx has looked through the page
    script.addEventListener("error", failed);
    document.head.append(script);
  }).then(() => {
    window.htmx.config.history = "reload"; // going back asks for the page itself
    window.htmx.config.morphIgnore.push("open"); // what somebody has unfolded stays so
  });
  return loading;
}

/** @param {{ focus?: boolean }} how */
async function choose({ focus = false }) {
  choices += 1;
  toTheList = focus ? document.activeElement : null;
  try {
    await htmx();
  } catch {
    form.submit(); // htmx did not come: the form works without it
    return;
  }
  window.htmx.trigger(form, FILTER);
}

for (const kind of ["focusin", "pointerdown"]) {
  form.addEventListener(kind, () => void htmx().catch(() => {}), { once: true, passive: true });
}
form.addEventListener("change", () => void choose({}));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  choose({ focus: true });
});

// Letting go of a filter is unticking it.
document.addEventListener("click", (event) => {
  const link = /** @type {HTMLElement} */ (/** @type {Element} */ (event.target).closest("[data-lets-go]"));
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { letsGo, of } = link.dataset;
  const fields = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input:not([type=hidden])")]);
  const meant = fields.filter(
    (each) => letsGo === "*" || (each.name === letsGo && (!of || each.value === of)),
  );
  if (!meant.length) return;
  event.preventDefault();
  for (const field of meant) {
    if (field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
  choose({ focus: true });
});

// --- the list comes, or it does not ---

const list = () => document.getElementById("ergebnis");
const mine = (event) => event.detail.ctx?.sourceElement === form;

document.addEventListener("htmx:before:request", (event) => {
  if (!mine(event)) return;
  asked = choices;
  list().setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:before:response", (event) => {
  if (!mine(event) || event.detail.ctx.response.status < 400) return;
  event.preventDefault();
  window.location.assign(event.detail.ctx.request.action); // the page says what is wrong
});

document.addEventListener("htmx:error", (event) => {
  const { ctx, error } = event.detail; // a choice that came later takes the place of this one
  if (!mine(event) || ctx.status === "dropped" || error?.name === "AbortError") return;
  window.location.assign(ctx.request.action);
});

document.addEventListener("htmx:after:swap", (event) => {
  if (!mine(event)) return;
  // what was ticked while this list was on its way is on its way itself
  for (const box of asked === choices ? form.querySelectorAll("[type=checkbox]") : []) {
    const tick = /** @type {HTMLInputElement} */ (box);
    tick.checked = tick.defaultChecked;
  }
  const heading = document.getElementById("treffer");
  said.textContent = heading.textContent.replace(/\s+/g, " ").trim();
  const left = toTheList;
  toTheList = null;
  if (!left || ![left, document.body].includes(document.activeElement)) return;
  heading.tabIndex = -1;
  heading.focus();
});

// What was ticked before this script was there.
if (isTyped(form)) choose({});
