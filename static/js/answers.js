// Answers that are not stored, and why. A refusal of any status is said in the question's place, and what was typed stays;
// no error page ever comes into another page. What the server could not store lies in this tab until somebody signs in
// (learning/door.py); without script a cookie does the same.

const STORE = "lernstadt-antworten";
const STOPS = "lernstadt-staende"; // where somebody stopped in an activity (stops.js)
const MOST = 200; // answers
const ALONG = "lernstadt-mitnehmen"; // a page to sign in has said that what is kept goes along
const FORGET = "#vergessen"; // where the server leads to once all is stored or to be forgotten

const page = () => document.querySelector("[data-answers]");
const byScript = () => page() && page().dataset.who !== "learner";

export function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(STORE) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return []; // no storage, or not ours
  }
}

// Whether it is kept now. What was right once stays, as in an account; a tick may be taken back.
export function keep(item, given, right = false) {
  const { address, step } = page().dataset;
  const former = kept().find((each) => each.address === address && each.item === item);
  const stays = former?.right && !right && given.done?.[0] !== "0";
  const answer = stays ? former : { address, lesson: step, item, given, right };
  const others = kept().filter((each) => each.address !== address || each.item !== item);
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...others, answer].slice(-MOST)));
    return true;
  } catch {
    return false;
  }
}

// It is stored now.
export function drop(item) {
  const { address } = page().dataset;
  const others = kept().filter((each) => each.address !== address || each.item !== item);
  try {
    sessionStorage.setItem(STORE, JSON.stringify(others));
  } catch {
    // then nothing was kept
  }
}

// `mine`: whose record it all went into; where a visitor stopped is theirs now (stops.js).
function forget(mine) {
  try {
    sessionStorage.removeItem(STORE);
    sessionStorage.removeItem(ALONG);
    const stops = sessionStorage.getItem(STOPS);
    if (mine && stops) sessionStorage.setItem(STOPS, stops.replaceAll('"mine":""', `"mine":"${mine}"`));
    else sessionStorage.removeItem(STOPS);
  } catch {
    // then nothing was kept
  }
}

// --- refusals ---

const TO_KEEP = ["401", "403", "409"]; // they may store it once they are signed in, enrolled, or has the page anew

// `status` 0: the server was not reached. `stays`: the answer is kept in this tab. `focus`: not where somebody is in the
// middle of something; then it is read out all the same.
export function refuse(place, status, stays = false, focus = true) {
  place.querySelector("[data-refusal]")?.remove();
  const why = said(`[data-status="${status}"]`) ?? said('[data-status="500"]');
  const note = document.createElement("div");
  note.className = "ls-note ls-note--warn";
  note.dataset.refusal = status;
  note.lang = document.documentElement.lang;
  note.setAttribute("role", "alert");
  note.tabIndex = -1;
  const words = document.createElement("p");
  words.append(...why.cloneNode(true).childNodes);
  if (!stays) words.querySelector("[data-stays]")?.remove();
  note.append(words);
  place.append(note);
  if (focus) note.focus();
}

function said(selector) {
  for (const template of document.querySelectorAll("template[data-refusals]")) {
    const found = /** @type {HTMLTemplateElement} */ (template).content.querySelector(selector);
    if (found) return found;
  }
  return null;
}

export const wordsFor = (what) => said(`[data-words="${what}"]`)?.textContent.trim() ?? "";

// `form.elements.item` is a method of every form.
const itemOf = (form) => new FormData(form).get("item");

function givenIn(form) {
  const given = {};
  for (const [name, value] of new FormData(form)) {
    if (!["csrfmiddlewaretoken", "item"].includes(name)) (given[name] ??= []).push(value);
  }
  return given;
}

// A question was refused; `form` stands as it was.
function refuseForm(form, status) {
  const stays = TO_KEEP.includes(String(status)) && keep(itemOf(form), givenIn(form));
  refuse(form.closest("section") ?? form, status, stays);
}

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (byScript()) ctx.request.body.append("antworten", JSON.stringify(kept()));
});

document.addEventListener("htmx:before:response", (event) => {
  const { sourceElement: form, response } = event.detail.ctx;
  if (response.status >= 400) {
    event.preventDefault();
    refuseForm(form, response.status);
    return;
  }
  const grade = response.headers.get("Lernstadt-Keep");
  if (grade) keep(itemOf(form), givenIn(form), grade === "right");
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx && !ctx.response) refuseForm(ctx.sourceElement, 0);
});

// --- what is kept comes into the page, or into an account ---

async function intoThePage() {
  // by its question as well: the course may have had another address when it was answered
  const here = kept().some(
    (each) => each.address === page()?.dataset.address || document.getElementById(`b-${each.item}`),
  );
  if (!here || !byScript()) return;
  const { path } = page().dataset;
  const body = new URLSearchParams({ antworten: JSON.stringify(kept()) });
  try {
    const came = await fetch(`${path}antwort/`, { method: "POST", body });
    if (!came.ok) return;
    const inside = new DOMParser().parseFromString(await came.text(), "text/html").getElementById("inhalt");
    const answered = justAnswered(path);
    const replace = () => {
      document.getElementById("inhalt").replaceChildren(...inside.childNodes);
      if (answered) document.getElementById(answered.id)?.replaceWith(answered);
    };
    document.dispatchEvent(new CustomEvent("answers:replace", { detail: replace }));
  } catch {
    // Not reached: the page stays as it came, and what is kept is kept.
  }
}

// A question that was sent before this script was there: its page is the answer, one folder below the step. What was
// said under it stays, and its form finds the way from the step's own address.
function justAnswered(path) {
  if (!location.pathname.endsWith("/antwort/")) return null;
  const section = document.getElementById(location.hash.slice(1))?.closest("section");
  history.replaceState(null, "", path + location.hash);
  for (const form of section?.querySelectorAll("form") ?? []) {
    form.setAttribute("action", `${path}antwort/#${section.id}`);
    if (form.hasAttribute("hx-post")) form.setAttribute("hx-post", `${path}antwort/`);
  }
  return section;
}

// Once they are signed in: after a page that said so it goes into their account by itself, else they are asked.
function offerToKeep() {
  /** @type {HTMLFormElement} */
  const form = document.querySelector("[data-kept]");
  if (!form || !kept().length) return;
  form.elements.antworten.value = JSON.stringify(kept());
  if (sessionStorage.getItem(ALONG)) {
    sessionStorage.removeItem(ALONG);
    form.requestSubmit();
  } else {
    form.hidden = false;
  }
}

function sayThatItGoesAlong() {
  const form = document.querySelector("[data-taken-along]");
  if (!form || !kept().length) return;
  form.hidden = false;
  sessionStorage.setItem(ALONG, "1");
}

async function begin() {
  if (location.hash.startsWith(FORGET)) {
    forget(location.hash !== FORGET && document.querySelector("[data-mine]")?.dataset.mine);
    history.replaceState(null, "", location.pathname + location.search);
    return;
  }
  await intoThePage();
  sayThatItGoesAlong();
  offerToKeep();
}

export const ready = begin();
