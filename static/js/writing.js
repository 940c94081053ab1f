// The writing desk: blocks are opened in the sheet, saved by themselves, moved and undone without leaving it.
// Without this script every button is a form and every "Bearbeiten" a page of its own.
import { isTyped } from "./tools.js";
import { begin as captions } from "./writing-cues.js";
import { begin, taken } from "./writing-text.js";

const PAUSE = 1000; // after the last key
const HERE = 60_000; // between two signs of life

const sheet = /** @type {HTMLElement} */ (document.querySelector("[data-sheet]"));
const line = document.querySelector("[data-said]");
const words = JSON.parse(document.getElementById("gesagt").textContent);
const kept = `schreiben:${sheet.dataset.person}:`;
const timers = new WeakMap();
const queues = new WeakMap();
const waiting = new WeakSet(); // forms that could not be sent

document.querySelectorAll("[data-script-only]").forEach((one) => one.removeAttribute("hidden"));
const rail = document.querySelector("[data-rail]");
if (matchMedia("(min-width: 62rem)").matches) rail?.setAttribute("open", "");

/** What a form asks for is done once; each press gives it another number. @param {HTMLFormElement} form */
function renumber(form) {
  const sign = [...crypto.getRandomValues(new Uint8Array(16))].map((one) =>
    one.toString(16).padStart(2, "0"),
  );
  /** @type {HTMLInputElement} */ (form.querySelector("[name=form]")).value = sign.join("");
}

/** @param {string} text @param {boolean} bad */
function say(text, bad = false) {
  line.classList.toggle("is-bad", bad);
  if (line.textContent !== text) line.textContent = text;
}

/**
 * What the server answers; {offline} when it cannot be reached, {signedout} when somebody has to sign in again.
 * @param {string} url @param {FormData | null} data
 */
async function ask(url, data = null) {
  try {
    const answer = await fetch(url, {
      method: data ? "POST" : "GET",
      body: data,
      headers: { "X-Desk": "part" },
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) return { signedout: true };
    const json = (answer.headers.get("content-type") ?? "").includes("json");
    return {
      ok: answer.ok,
      status: answer.status,
      ...(json ? await answer.json() : { html: await answer.text() }),
    };
  } catch {
    return { offline: true };
  }
}

// --- saving ------------------------------------------------------------------------------------------------------------

/** @param {HTMLFormElement} form */
function later(form) {
  clearTimeout(timers.get(form));
  timers.set(
    form,
    setTimeout(() => save(form), PAUSE),
  );
}

/**
 * One after the other; what is typed while one is on its way is saved by the next.
 * @param {HTMLFormElement} form @param {[string, string][]} more
 */
function save(form, more = []) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const next = (queues.get(form) ?? Promise.resolve()).then(() => send(form, more));
  queues.set(form, next);
  return next;
}

/** @param {HTMLFormElement} form @param {[string, string][]} more */
async function send(form, more) {
  taken(form);
  const data = new FormData(form);
  more.forEach(([name, value]) => data.set(name, value));
  keep(form, data);
  say(words.saving);
  const answer = await ask(form.action, data);
  if (answer.offline || answer.signedout) {
    say(answer.offline ? words.offline : words.signedout, true);
    waiting.add(form);
    return answer;
  }
  waiting.delete(form);
  if (answer.ok) {
    if (!timers.has(form)) forget(form);
    const base = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=base]"));
    if (base && answer.base) base.value = answer.base;
    undoable();
    missing(form, answer.missing);
  }
  upon(form, answer.ok ? data : Object.entries(answer.now ?? {}));
  say(answer.says ?? words.refused, !answer.ok || answer.bad);
  if (answer.url) leave(answer.url);
  else if (answer.html && form.matches("[data-form]")) show(form, answer.html, more, answer.ok);
  return answer;
}

/**
 * What is stored now is what the next words are written upon.
 * @param {HTMLFormElement} form @param {Iterable<[string, any]>} stored
 */
function upon(form, stored) {
  for (const [name, value] of stored) {
    const former = /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="war-${name}"]`));
    if (former) former.value = String(value);
  }
}

/** @param {HTMLFormElement} form @param {string[] | undefined} lacks */
function missing(form, lacks) {
  const box = form.closest("[data-block]")?.querySelector(".ls-missing");
  if (!lacks || !box) return;
  box.replaceChildren(
    ...lacks.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
  );
  box.toggleAttribute("hidden", lacks.length === 0);
}

/**
 * The form anew, as the server made it of what was sent; the focus stays, or goes to a new row.
 * @param {HTMLFormElement} form @param {string} html @param {[string, string][]} more @param {boolean} good
 */
function show(form, html, more, good) {
  const block = form.closest("[data-block]");
  const focus = document.activeElement?.id;
  const rows = new Set([...block.querySelectorAll("[data-row]")].map((row) => row.getAttribute("data-row")));
  const made = swap(block, html);
  const fresh = [...made.querySelectorAll("[data-row]")].find(
    (row) => !rows.has(row.getAttribute("data-row")),
  );
  const wanted = !good
    ? made.querySelector("[data-versus]")
    : more.length && fresh
      ? fresh.querySelector("textarea, input:not([type=hidden])")
      : (focus && document.getElementById(focus)) ||
        made.querySelector("textarea:not([hidden]), [contenteditable], select[name]");
  /** @type {HTMLElement | null} */ (wanted)?.focus();
}

/** @param {Element} old @param {string} html */
function swap(old, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const made = /** @type {HTMLElement} */ (holder.content.firstElementChild);
  old.replaceWith(made);
  prepare(made);
  return made;
}

/** @param {ParentNode} part */
function prepare(part) {
  part.querySelectorAll("[data-plain]").forEach((one) => one.remove());
  part.querySelectorAll("[data-rich]").forEach((field) => begin(/** @type {HTMLElement} */ (field)));
  part.querySelectorAll("[data-cues]").forEach((field) => captions(/** @type {HTMLElement} */ (field)));
}

/** @param {string} url */
function leave(url) {
  const there = new URL(url, location.href);
  if (there.pathname === location.pathname) {
    history.replaceState(null, "", there.href.split("#")[0] + there.hash);
    location.reload();
  } else location.assign(there);
}

// --- what is not saved stays on the device -------------------------------------------------------------------------------

/** @param {HTMLFormElement} form @param {FormData} data */
function keep(form, data) {
  if (!form.matches("[data-form], [data-head]")) return;
  const texts = [...data].filter(
    ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
  );
  try {
    localStorage.setItem(kept + new URL(form.action).pathname, JSON.stringify(texts));
  } catch {
    // no room: the next attempt may have some
  }
}

/** @param {HTMLFormElement} form */
function forget(form) {
  localStorage.removeItem(kept + new URL(form.action).pathname);
}

/** What an earlier visit could not save, of this step. */
async function bring() {
  const token = /** @type {HTMLInputElement} */ (document.querySelector("[name=csrfmiddlewaretoken]")).value;
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(kept + location.pathname))) {
    say(words.kept);
    const data = new FormData();
    JSON.parse(localStorage.getItem(key)).forEach(([name, value]) => data.append(name, value));
    data.set("csrfmiddlewaretoken", token);
    const url = key.slice(kept.length);
    const answer = await ask(url, data);
    if (answer.ok) {
      localStorage.removeItem(key);
      leave(location.pathname + location.hash);
    }
    const block = sheet.querySelector(`[data-url="${url}"]`);
    if (answer.status === 409 && block)
      swap(block, answer.html).querySelector("[data-versus]")?.scrollIntoView();
    if (answer.status === 410) lost(key, data);
    if (!block && [400, 409].includes(answer.status)) localStorage.removeItem(key); // a name: the sentence says it
    say(answer.says ?? (answer.offline ? words.offline : words.refused), !answer.ok);
  }
}

/** Words of a block that is not there any more: they stand above the sheet until somebody lets them go. */
function lost(/** @type {string} */ key, /** @type {FormData} */ data) {
  const note = Object.assign(document.createElement("div"), { className: "ls-note ls-note--warn ls-flow" });
  for (const [name, value] of data) {
    if (!/^v/.test(name) || !value || typeof value !== "string") continue;
    const text = new DOMParser().parseFromString(value, "text/html").body.textContent;
    note.append(Object.assign(document.createElement("p"), { textContent: text }));
  }
  const button = Object.assign(document.createElement("button"), {
    className: "ls-mini",
    textContent: words.letgo,
  });
  button.addEventListener("click", () => {
    localStorage.removeItem(key);
    note.remove();
  });
  note.append(button);
  sheet.before(note);
}

// --- opening and closing -------------------------------------------------------------------------------------------------

/** One block is open at a time: its fields have names of their own on the page. @param {Element} [except] */
async function closeOthers(except) {
  for (const block of sheet.querySelectorAll("[data-block].is-open")) {
    if (block !== except) await close(block, false);
  }
}

/** @param {Element} block */
async function open(block) {
  await closeOthers(block);
  const answer = await ask(block.getAttribute("data-url"));
  if (!answer.ok) return say(answer.offline ? words.offline : words.refused, true);
  const made = swap(block, answer.html);
  /** @type {HTMLElement} */ (
    made.querySelector(
      "form[data-form] :is(textarea:not([hidden]), [contenteditable], select[name], input:not([type=hidden]))",
    )
  )?.focus();
}

/** @param {Element} block @param {boolean} focus the way back to its beginning */
async function close(block, focus = true) {
  const url = block.getAttribute("data-url");
  const answer = await save(/** @type {HTMLFormElement} */ (block.querySelector("form[data-form]")));
  if (!answer.ok) return;
  const shown = await ask(`${url}?zu`);
  if (!shown.ok) return;
  const made = swap(sheet.querySelector(`[data-url="${url}"]`), shown.html);
  if (focus) /** @type {HTMLElement} */ (made.querySelector("[data-open]")).focus();
  await todo();
}

/** On the plan of a course: what is still to do, as it is now. */
async function todo() {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-todo]"));
  const answer = list && (await ask(list.dataset.url));
  if (answer?.ok) swap(list, answer.html);
}

/** @param {Element} link */
function choose(link) {
  document.querySelector(".ls-blocks [data-palette-form]")?.remove();
  const source = /** @type {HTMLTemplateElement} */ (document.querySelector("[data-palette]"));
  const form = /** @type {HTMLElement} */ (source.content.firstElementChild.cloneNode(true));
  /** @type {HTMLInputElement} */ (form.querySelector("[name=nach]")).value = link.getAttribute("data-plus");
  renumber(/** @type {HTMLFormElement} */ (form));
  link.after(form);
  form.querySelector("button").focus();
}

/** @param {HTMLFormElement} form @param {string} kind */
async function insert(form, kind) {
  await closeOthers();
  const data = new FormData(form);
  data.set("kind", kind);
  say(words.saving);
  const answer = await ask(form.action, data);
  say(answer.says ?? (answer.offline ? words.offline : words.refused), !answer.ok);
  if (answer.ok) undoable();
  if (!answer.ok || !form.isConnected) return;
  const before = form.closest(".ls-blocks > li");
  form.remove();
  before.insertAdjacentHTML("afterend", answer.html);
  const made = before.nextElementSibling;
  prepare(made);
  /** @type {HTMLElement} */ (
    made.querySelector("form[data-form] :is(textarea:not([hidden]), [contenteditable], select[name])")
  )?.focus();
}

/** One after the other: three presses are three places. @param {HTMLFormElement} form @param {string} act */
function arrange(form, act) {
  const next = (queues.get(form) ?? Promise.resolve()).then(() => arrangeNow(form, act));
  queues.set(form, next);
  return next;
}

/** @param {HTMLFormElement} form @param {string} act */
async function arrangeNow(form, act) {
  if (!form.isConnected) return;
  const item = form.closest(".ls-blocks > li");
  const open = item.querySelector("form[data-form]");
  const saved = open ? await save(/** @type {HTMLFormElement} */ (open)) : { ok: true };
  if (act === "mend" && !(saved.ok && (await saveAll()))) return; // the sheet comes anew then
  const data = new FormData(form);
  data.set("do", act);
  const answer = await ask(form.action, data);
  say(answer.says ?? (answer.offline ? words.offline : words.refused), !answer.ok);
  if (!answer.offline) renumber(form); // the same number again, as long as nobody knows whether it arrived
  if (!answer.ok) return;
  undoable();
  const [before, after] = [item.previousElementSibling, item.nextElementSibling];
  if (act === "up" && before?.hasAttribute("data-item")) before.before(item);
  if (act === "down" && after) after.after(item);
  if (act === "mend") return leave(answer.url);
  if (act === "copy") item.insertAdjacentHTML("afterend", answer.html);
  if (act === "remove") {
    item.remove();
    /** @type {HTMLElement} */ (document.querySelector("[data-undo] button")).focus();
    return;
  }
  const menu = item.querySelector("details[open]");
  menu?.removeAttribute("open");
  /** @type {HTMLElement} */ (item.querySelector("summary, [data-open]"))?.focus();
}

/** The button is there once there is something to take back. */
function undoable() {
  document.querySelector("[data-undo]")?.removeAttribute("hidden");
}

/** Whoever goes away leaves nothing unsaved. @param {Event} event @param {() => void} go */
async function beforeLeaving(event, go) {
  if (!sheet.querySelector("form[data-form]")) return;
  event.preventDefault();
  await saveAll();
  go();
}

/** Every open block; whether all of them are stored. */
async function saveAll() {
  const open = [...sheet.querySelectorAll("form[data-form]")];
  const answers = await Promise.all(open.map((one) => save(/** @type {HTMLFormElement} */ (one))));
  return answers.every((answer) => answer.ok && !answer.bad);
}

async function undo() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-undo]"));
  await saveAll();
  const data = new FormData(form);
  data.delete("zuletzt"); // what was the last act when the page came
  const answer = await ask(form.action, data);
  say(answer.says ?? (answer.offline ? words.offline : words.refused), !answer.ok);
  if (answer.ok && answer.url) leave(answer.url);
}

// --- what people do ------------------------------------------------------------------------------------------------------

document.addEventListener("input", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const form = /** @type {HTMLFormElement | null} */ (target.closest("form[data-form], form[data-head]"));
  if (form && !(target instanceof HTMLInputElement && target.type === "file")) later(form);
});

document.addEventListener("change", (event) => {
  const target = /** @type {HTMLInputElement} */ (event.target);
  const form = /** @type {HTMLFormElement | null} */ (target.closest("form[data-form]"));
  if (form && (target.type === "file" || target.matches("[data-gap], [data-sentence], [data-focus-at]")))
    save(form, [["fresh", "1"]]);
});

document.addEventListener("click", (event) => {
  const image = /** @type {HTMLElement} */ (event.target);
  if (!(image instanceof HTMLImageElement) || !image.dataset.focus) return;
  const box = image.getBoundingClientRect();
  const at = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  for (const [side, part] of Object.entries(at)) {
    const field = /** @type {HTMLInputElement} */ (document.getElementById(`${image.dataset.focus}-${side}`));
    field.value = String(Math.round(Math.min(1, Math.max(0, part)) * 100));
  }
  save(image.closest("form"), [["fresh", "1"]]);
});

document.addEventListener("focusout", (event) => {
  const form = /** @type {HTMLFormElement | null} */ (
    /** @type {HTMLElement} */ (event.target).closest("form[data-form], form[data-head]")
  );
  if (form && timers.has(form)) save(form);
});

document.addEventListener("click", (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const block = link.closest("[data-block]");
  const acts = [
    ["[data-open]", () => open(block)],
    ["[data-close]", () => close(block)],
    ["[data-theirs]", () => (forget(link.closest("form")), open(block))],
    ["[data-plus]", () => choose(link)],
    ["[data-palette-close]", () => shut(link)],
  ];
  const act = acts.find(([wanted]) => link.matches(/** @type {string} */ (wanted)));
  const away = /** @type {HTMLAnchorElement} */ (link);
  if (!act && away.href && !away.target && away.pathname !== location.pathname)
    beforeLeaving(event, () => location.assign(away.href));
  if (!act) return;
  event.preventDefault();
  /** @type {() => void} */ (act[1])();
});

/** @param {Element} part */
function shut(part) {
  const form = part.closest("[data-palette-form]");
  const plus = /** @type {HTMLElement | null} */ (form.parentElement.querySelector("[data-plus]"));
  form.remove();
  plus?.focus();
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const acts = [
    [
      "[data-form]",
      () =>
        save(
          form,
          button?.name === "behalten"
            ? [["behalten", button.value]]
            : button?.value === "save"
              ? [["fresh", "1"]]
              : [["do", button?.value ?? "save"]],
        ),
    ],
    ["[data-head]", () => save(form)],
    ["[data-palette-form]", () => insert(form, button.value)],
    ["[data-arrange]", () => arrange(form, button.value)],
    ["[data-undo]", undo],
  ];
  const act = acts.find(([wanted]) => form.matches(/** @type {string} */ (wanted)));
  if (!act && !button?.name) beforeLeaving(event, () => form.submit());
  if (!act) return;
  event.preventDefault();
  /** @type {() => void} */ (act[1])();
});

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const block = target.closest("[data-block]");
  const writes = target.matches("textarea, input, select, [contenteditable]");
  if (event.key === "Escape") {
    const menu = target.closest("details[open].ls-moremenu");
    if (menu) {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    } else if (target.closest("[data-palette-form]")) shut(target);
    else if (block?.matches(".is-open")) close(block);
  }
  if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && block) {
    event.preventDefault();
    arrange(block.querySelector("form[data-arrange]"), event.key === "ArrowUp" ? "up" : "down");
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !writes) {
    event.preventDefault();
    undo();
  }
  if (event.key === "F6") {
    event.preventDefault();
    const names = ["[data-head] textarea", "[data-rail] summary", "[data-undo]:not([hidden]) button"];
    const places = names.map((one) => document.querySelector(one)).filter(Boolean);
    const at = places.findIndex((one) => one?.parentElement.contains(document.activeElement));
    /** @type {HTMLElement} */ (places[(at + 1) % places.length])?.focus();
  }
});

addEventListener("online", () => {
  [...document.forms].filter((form) => waiting.has(form)).forEach((form) => save(form));
});
addEventListener("beforeunload", (event) => {
  const open = [...document.querySelectorAll("form[data-form], form[data-head]")];
  if (open.some((form) => timers.has(form))) {
    open.forEach((form) => timers.has(form) && save(/** @type {HTMLFormElement} */ (form)));
    event.preventDefault();
  }
});

setInterval(async () => {
  if (document.visibilityState !== "visible") return;
  const data = new FormData(/** @type {HTMLFormElement} */ (document.querySelector("[data-undo]")));
  const answer = await ask(sheet.dataset.here, data);
  if (answer.ok) document.querySelector("[data-others]").textContent = answer.others;
}, HERE);

prepare(document);
const head = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-head]"));
if (head && isTyped(head)) later(head);
bring();
sheet.dataset.ready = "";
