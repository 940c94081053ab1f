// Nicer, never needed: arrows for ordering questions, htmx as soon as somebody touches a question
// (before that it would only be weight), the focus on the feedback after an answer, and another language that begins
// at the same place with what was typed but not sent.

const page = document.querySelector("[data-answers]"); // a preview has none
const answers = page ? () => import(page.dataset.answers) : async () => {};

// What this tab keeps comes into the page before anything is done with it.
if (page && keepsSomething()) await (await answers()).ready;

const article = document.querySelector("[data-htmx]");

function keepsSomething() {
  try {
    return sessionStorage.getItem("lernstadt-antworten") !== null;
  } catch {
    return false; // no storage in this browser
  }
}

// With it comes what answers to a refusal: before it is there, forms are sent without script, which works as well.
async function loadHtmx() {
  await answers();
  if (document.querySelector("script[data-htmx-script]")) return;
  const script = document.createElement("script");
  script.dataset.htmxScript = "";
  script.src = article.dataset.htmx;
  document.head.append(script);
}

if (article?.querySelector("[hx-post]")) {
  for (const event of ["focusin", "pointerdown"]) {
    article.addEventListener(event, loadHtmx, { once: true, passive: true });
  }
}

function number(list) {
  [...list.children].forEach((row, index) => {
    row.querySelector("select").value = String(index + 1);
    const [up, down] = row.querySelectorAll("[data-move]");
    up.disabled = index === 0;
    down.disabled = index === list.children.length - 1;
  });
}

// Words of the interface, for screen readers; the lesson around them may be in another language.
function hidden(tag, text) {
  const element = document.createElement(tag);
  element.className = "ls-sr";
  element.lang = document.documentElement.lang;
  element.textContent = text;
  return element;
}

function button(list, row, direction) {
  const name = row.lastElementChild.textContent.trim();
  const element = document.createElement("button");
  element.type = "button";
  element.dataset.move = direction;
  const icon = document.createElement("span");
  icon.className = `kern-icon kern-icon--arrow-${direction}`;
  icon.setAttribute("aria-hidden", "true");
  const word = hidden("span", `${direction === "up" ? list.dataset.up : list.dataset.down} `);
  const what = hidden("span", name);
  what.lang = row.closest("[lang]").lang;
  element.append(icon, word, what);
  element.addEventListener("click", () => move(list, row, direction, element));
  return element;
}

function move(list, row, direction, pressed) {
  if (direction === "up") row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  number(list);
  changed.add(list.closest("form"));
  const position = [...list.children].indexOf(row) + 1;
  list.nextElementSibling.textContent = `${list.dataset.moved} ${position}`;
  const target = pressed.disabled ? row.querySelector("[data-move]:not(:disabled)") : pressed;
  target.focus();
}

function prepare(list) {
  if (list.dataset.ready) return;
  list.dataset.ready = "1";
  const said = hidden("p", "");
  said.setAttribute("role", "status");
  list.after(said);
  const chosen = (row) => Number(row.querySelector("select").value) || list.children.length + 1;
  [...list.children].sort((a, b) => chosen(a) - chosen(b)).forEach((row) => list.append(row));
  for (const row of list.children) {
    const moves = document.createElement("span");
    moves.className = "ls-order__move";
    moves.append(button(list, row, "up"), button(list, row, "down"));
    row.append(moves);
    row.querySelector("select").addEventListener("change", () => {
      [...list.children].sort((a, b) => chosen(a) - chosen(b)).forEach((item) => list.append(item));
      number(list);
    });
  }
  number(list);
}

// --- another language: the place and the unsent answers go along once, in this tab only ---

const HANDED = "lernstadt-fassung";
const changed = new Set(); // forms with an answer that is not sent

article?.addEventListener("input", (event) => changed.add(event.target.form));
article?.addEventListener("submit", (event) => changed.delete(event.target));

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

function unsent() {
  const given = [...changed].filter((form) => form?.isConnected).map((form) => new FormData(form));
  return given.map((fields) => [fields.get("item"), [...fields].filter(([name]) => name !== "csrfmiddlewaretoken")]);
}

function handOver(link) {
  const { ids, share } = place();
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

// The other variant may lack the block: then the nearest one before it that is there.
function takeOver() {
  const handed = JSON.parse(sessionStorage.getItem(HANDED) ?? "null");
  if (handed?.path !== location.pathname) return;
  sessionStorage.removeItem(HANDED);
  for (const [item, fields] of handed.answers) {
    const form = document.getElementById(`b-${item}`)?.querySelector("form");
    if (form) fill(form, fields);
  }
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
  for (const link of document.querySelectorAll("a[hreflang]")) link.addEventListener("click", () => handOver(link));
  takeOver();
}

const start = () => document.querySelectorAll("[data-order]").forEach(prepare);

document.addEventListener("htmx:after:swap", () => {
  start();
  const all = document.querySelectorAll("[data-feedback]:not([data-seen])");
  all.forEach((feedback) => { feedback.dataset.seen = "1"; });
  if (all.length) all[all.length - 1].focus();
});

document.querySelectorAll("[data-feedback]").forEach((feedback) => { feedback.dataset.seen = "1"; });
start();

// On paper nobody can open what is closed.
const folded = () => [...document.querySelectorAll("details.ls-transcript")];
let opened = [];
addEventListener("beforeprint", () => {
  opened = folded().filter((one) => !one.open);
  opened.forEach((one) => { one.open = true; });
});
addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));

// Activities bring more than a lesson needs: only where there is one.
if (article?.querySelector("[data-activity]")) {
  import(article.dataset.frame); // the player asks for it, too: at the same time is sooner
  import(article.dataset.player);
}
