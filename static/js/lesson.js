// Nicer, never needed: htmx as soon as somebody touches a question
// (before that it would only be weight), the focus on the feedback after an answer, and another language that begins
// at the same place with what was typed but not sent.
import { isTyped } from "./tools.js";

const page = document.querySelector("[data-answers]"); // a preview has none
const answers = page ? () => import(page.dataset.answers) : async () => {};

// With htmx comes what answers to a refusal: before it is there, forms are sent without script, which works as well.
async function loadHtmx() {
  await answers();
  await restored;
  if (document.querySelector("script[data-htmx-script]")) return;
  const script = document.createElement("script");
  script.dataset.htmxScript = "";
  script.src = document.querySelector("[data-htmx]").dataset.htmx;
  document.head.append(script);
}

// The page listens before anything is waited for: a touch meanwhile would be missed, and it would stay without htmx. It
// is the document that listens, because the article may be replaced by one with their answers.
/** @param {Event} event */
function touched(event) {
  const step = /** @type {Element} */ (event.target).closest("[data-htmx]");
  if (!step?.querySelector("[hx-post]")) return;
  for (const kind of TOUCHES) document.removeEventListener(kind, touched);
  loadHtmx();
}
const TOUCHES = ["focusin", "pointerdown"];
for (const kind of TOUCHES) document.addEventListener(kind, touched, { passive: true });

// What is typed and not sent, from before this script on: it stays when the article is replaced by one with their answers.
/** @type {Set<HTMLFormElement>} */
const changed = new Set([...document.forms].filter((form) => form.closest("[data-htmx]") && isTyped(form)));
document.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (field.form?.closest("[data-htmx]")) changed.add(field.form);
});
document.addEventListener("submit", ({ target }) => changed.delete(/** @type {HTMLFormElement} */ (target)));
document.addEventListener("answers:replace", (event) => {
  const { detail: replace } = /** @type {CustomEvent<() => void>} */ (event);
  const given = unsent();
  const held = /** @type {HTMLInputElement} */ (document.activeElement);
  replace();
  fillIn(given);
  if (held.form && !held.isConnected) twin(held)?.focus({ preventScroll: true });
});

// What this tab keeps comes into the page before anything is done with it.
const restored = page && keepsSomething() ? answers().then((module) => module.ready) : Promise.resolve();
await restored;

const article = document.querySelector("[data-htmx]");

function keepsSomething() {
  try {
    return sessionStorage.getItem("lernstadt-antworten") !== null;
  } catch {
    return false; // no storage in this browser
  }
}

// What was said at a gap is about the former answer.
function clear(place) {
  for (const said of place.querySelectorAll("[data-place]")) said.remove();
}

// --- another language: the place and the unsent answers go along once, in this tab only ---

const HANDED = "lernstadt-fassung";

article?.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const said = field.getAttribute("aria-describedby");
  if (field.matches(".ls-gap") && said) clear(document.getElementById(said));
});

// The block that is being read and those before it, nearest first; and how far into it. Nothing above the text.
function place() {
  const line = parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart) + 1;
  const before = [...article.querySelectorAll("[id^='b-']")]
    .filter((block) => block.getBoundingClientRect().top <= line)
    .reverse();
  if (!before.length) return { ids: [], share: 0 };
  const box = before[0].getBoundingClientRect();
  return { ids: before.map((block) => block.id), share: Math.min(1, (line - box.top) / box.height) };
}

// The languages stand at the top. Who goes up to choose one was reading further down a moment ago.
const JUST_NOW = 15_000; // ms
const languages = document.querySelector(".ls-variants");
let left = { at: -JUST_NOW };

function isUp() {
  return !languages || languages.getBoundingClientRect().bottom > 0;
}

if (article) {
  document.addEventListener(
    "scroll",
    () => {
      if (!isUp()) left = { at: performance.now(), ...place() };
    },
    { passive: true },
  );
}

function unsent() {
  const given = [...changed].filter((form) => form?.isConnected).map((form) => new FormData(form));
  return given.map((fields) => [
    fields.get("item"),
    [...fields].filter(([name]) => name !== "csrfmiddlewaretoken"),
  ]);
}

function handOver(link) {
  const { ids, share } = isUp() && performance.now() - left.at < JUST_NOW ? left : place();
  if (ids.length) link.hash = ids[0];
  else if (!unsent().length) return;
  sessionStorage.setItem(HANDED, JSON.stringify({ path: link.pathname, ids, share, answers: unsent() }));
}

function fill(form, fields) {
  for (const field of form.elements) {
    const given = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
    else if (field.type !== "hidden" && given.length) field.value = given[0];
  }
  changed.add(form);
}

/** @param {HTMLInputElement} field that is not in the page any more */
function twin(field) {
  const form = questionForm(new FormData(field.form).get("item"));
  const all = /** @type {HTMLInputElement[]} */ ([...(form?.elements ?? [])]);
  return all.find(
    ({ name, type, value }) => name === field.name && (type !== "radio" || value === field.value),
  );
}

function questionForm(item) {
  return document.getElementById(`b-${item}`)?.querySelector("form");
}

function fillIn(answers) {
  for (const [item, fields] of answers) {
    const form = questionForm(item);
    if (form) fill(form, fields);
  }
}

// The other variant may lack the block: then the nearest one before it that is there.
function takeOver() {
  const handed = JSON.parse(sessionStorage.getItem(HANDED) ?? "null");
  if (handed?.path !== location.pathname) return;
  sessionStorage.removeItem(HANDED);
  fillIn(handed.answers);
  const known = handed.ids.find((id) => document.getElementById(id));
  if (!known) return;
  const block = document.getElementById(known);
  history.replaceState(null, "", `#${known}`);
  const share = known === handed.ids[0] ? handed.share : 0;
  const scroll = () => {
    block.scrollIntoView({ block: "start", behavior: "instant" });
    window.scrollBy({ top: share * block.offsetHeight, behavior: "instant" });
  };
  scroll();
  window.addEventListener("load", scroll, { once: true }); // the browser goes to the hash once more until then
}

if (article) {
  for (const link of document.querySelectorAll("a[hreflang]"))
    link.addEventListener("click", () => handOver(link));
  takeOver();
}

// --- choices in an order of this tab: anyone who is enrolled gets theirs from the server, and it stays as long as the course ---

const ORDER = "lernstadt-ordnung";

function seed() {
  try {
    const known = sessionStorage.getItem(ORDER) ?? String(Math.random());
    sessionStorage.setItem(ORDER, known);
    return known;
  } catch {
    return ""; // no storage: the order that is printed
  }
}

// A number that looks like chance and is the same each time (FNV-1a).
function chance(text) {
  let number = 0x811c9dc5;
  for (const sign of text) number = Math.imul(number ^ sign.codePointAt(0), 0x01000193);
  return number >>> 0;
}

function mix(question) {
  const mine = seed();
  if (!mine) return;
  const rows = [...question.querySelectorAll(":scope > .ls-answer")];
  const at = (row) => chance(row.firstElementChild.value + mine);
  const after = rows[rows.length - 1].nextSibling;
  const active = /** @type {HTMLElement} */ (document.activeElement);
  const held = question.contains(active) ? active : null;
  rows.sort((a, b) => at(a) - at(b)).forEach((row) => question.insertBefore(row, after));
  held?.focus({ preventScroll: true });
}

// Arrows for ordering questions: only where there is one.
async function start() {
  if (article?.dataset.who && article.dataset.who !== "learner")
    article.querySelectorAll("[data-mixed]").forEach(mix);
  if (!document.querySelector("[data-order]")) return;
  const { prepare } = await import(article.dataset.ordering);
  document.querySelectorAll("[data-order]").forEach(prepare);
}

// The stop where they stand, once the last task of the step is done.
function tick() {
  const says = document.getElementById("stand")?.dataset.stepDone;
  const here = document.querySelector(".ls-line .is-now:not(.is-done)");
  if (!says || !here) return;
  here.classList.add("is-done");
  const sign = here.querySelector("[aria-hidden]");
  sign.className = "kern-icon kern-icon--check";
  sign.textContent = "";
  here.querySelector(".ls-sr").append(`, ${says}`);
}

document.addEventListener("htmx:after:swap", () => {
  start();
  tick();
  const all = document.querySelectorAll("[data-feedback]:not([data-seen])");
  all.forEach((feedback) => {
    feedback.dataset.seen = "1";
  });
  if (all.length) all[all.length - 1].focus();
});

document.querySelectorAll("[data-feedback]").forEach((feedback) => {
  feedback.dataset.seen = "1";
});
start();

// On paper nobody can open what is closed.
/** @type {() => HTMLDetailsElement[]} */
const folded = () => Array.from(document.querySelectorAll("details.ls-transcript, details.ls-fold"));
/** @type {HTMLDetailsElement[]} */
let opened = [];
addEventListener("beforeprint", () => {
  opened = folded().filter((one) => !one.open);
  opened.forEach((one) => {
    one.open = true;
  });
});
addEventListener("afterprint", () =>
  opened.forEach((one) => {
    one.open = false;
  }),
);

// Activities bring more than a lesson needs: only where there is one.
if (article?.querySelector("[data-activity]")) {
  import(article.dataset.frame); // the player asks for it, too: at the same time is sooner
  import(article.dataset.player);
}
