// A list of who comes, on this device without network (ADR 0066). Names lie locked in this browser; their key is a cookie that ends
// with the session or after a day. Ticks are numbers without names: they wait until the same person has signed in again.

const STORE = "lernstadt-liste";
const COOKIE = /(?:^|; )liste=([^;]+)/;
const SOON = 10_000; // ms until a network that should be there is tried again
const MINUTE = 60_000;
const PATIENCE = 6_000; // ms for a network that hardly answers

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

export function read() {
  try {
    const list = JSON.parse(localStorage.getItem(STORE) ?? "null");
    const now = Date.now();
    if (list && now < list.until && now > list.taken - MINUTE) return list;
    erase();
  } catch {
    // no storage, or not ours
  }
  return null;
}

function write(list) {
  localStorage.setItem(STORE, JSON.stringify(list));
}

function erase() {
  localStorage.removeItem(STORE);
  endKey();
}

function endKey() {
  document.cookie = "liste=; max-age=0; path=/; samesite=strict";
}

async function key() {
  const found = COOKIE.exec(document.cookie);
  return found && crypto.subtle.importKey("raw", bytes(found[1]), "AES-GCM", false, ["encrypt", "decrypt"]);
}

// Names by number; null: their key is gone, or another one.
async function names(list) {
  try {
    const how = { name: "AES-GCM", iv: bytes(list.iv) };
    const open = await crypto.subtle.decrypt(how, await key(), bytes(list.names));
    return JSON.parse(new TextDecoder().decode(open));
  } catch {
    return null;
  }
}

async function locked(people) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(Object.fromEntries(people)));
  const names = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), plain);
  return { iv: text(iv), names: text(names) };
}

// The answer, or why there is none: "away" (no network), "out" (signed out), "other" (another person), "closed".
async function ask(url, said) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(said),
      redirect: "manual",
      cache: "no-store",
      signal: patience.signal,
    });
    if (answer.ok) return await answer.json();
    if (answer.type === "opaqueredirect") return { why: "out" };
    return { why: answer.status === 409 ? "other" : answer.status === 404 ? "closed" : "away" };
  } catch {
    return { why: "away" };
  } finally {
    clearTimeout(timer);
  }
}

// --- on the list's own page: take it along -----------------------------------------------------------------------------------

async function served(worker) {
  const there = await navigator.serviceWorker.register(worker);
  const coming = there.installing ?? there.waiting;
  if (!coming) return;
  await new Promise((done, failed) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated") done();
      if (coming.state === "redundant") failed(new Error("no worker"));
    });
  });
}

async function take(box, button) {
  const said = box.querySelector("[role=status]");
  const former = read();
  if (former && Object.keys(former.ticks).length) return location.assign(box.dataset.page);
  const list = await ask(button.dataset.url, { person: "", take: true, ticks: [] });
  if (list.why)
    return void (said.textContent = list.why === "other" ? box.dataset.shared : box.dataset.failed);
  const now = Date.now();
  try {
    await served(box.dataset.worker);
    write({
      ...(await locked(list.people.map(([number, name]) => [number, name]))),
      url: button.dataset.url,
      person: list.person,
      title: list.title,
      begins: list.begins,
      rows: list.people.map(([number, , there]) => [number, there]),
      ticks: {},
      taken: now,
      until: now + list.seconds * 1000,
    });
    location.assign(box.dataset.page);
  } catch {
    erase();
    said.textContent = box.dataset.failed;
  }
}

for (const box of document.querySelectorAll("[data-take-list]")) {
  if (!("serviceWorker" in navigator) || !crypto.subtle) continue;
  box.hidden = false;
  for (const button of box.querySelectorAll("button"))
    button.addEventListener("click", () => take(box, button));
}

// --- the page that works without network -------------------------------------------------------------------------------------

const page = document.querySelector("[data-kept-list]");
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const fill = (words, more) => words.replace(/\{(\w+)\}/g, (_all, name) => more[name]);
const count = (list) => Object.keys(list.ticks).length;

function say(words) {
  const out = page.querySelector("[role=status]");
  if (out.textContent !== words) out.textContent = words;
}

function state(list, number, there) {
  if (String(number) in list.ticks) return page.dataset.here;
  return there ? page.dataset.sent : "";
}

function waiting(list) {
  const words = page.dataset;
  return count(list)
    ? fill(count(list) === 1 ? words.waitsOne : words.waits, { n: count(list) })
    : words.allSent;
}

async function show() {
  const list = read();
  const who = list && (await names(list));
  for (const name of ["empty", "locked", "list"]) part(name).hidden = true;
  if (!list) return void (part("empty").hidden = false);
  if (!who) {
    part("locked").hidden = false;
    part("locked").querySelector("[data-count]").textContent = waiting(list);
    return;
  }
  part("list").hidden = false;
  draw(list, who);
}

function draw(list, who) {
  const box = part("list");
  /** @type {Intl.DateTimeFormatOptions} */
  const day = { dateStyle: "full", timeStyle: "short", timeZone: page.dataset.zone };
  const lang = document.documentElement.lang.replace("-simple", "");
  box.querySelector("h2").textContent = list.title;
  box.querySelector("[data-when]").textContent = new Date(list.begins).toLocaleString(lang, day);
  box.querySelector("[data-until]").textContent = new Date(list.until).toLocaleString(lang, day);
  const rows = [...list.rows].sort((a, b) => who[a[0]].localeCompare(who[b[0]], lang));
  const had = document.activeElement?.getAttribute("value");
  box.querySelector("ul").replaceChildren(...rows.map(([number, there]) => row(list, who, number, there)));
  box.querySelector(`input[value="${had}"]`)?.focus();
  say(waiting(list));
}

function row(list, who, number, there) {
  const made = document.importNode(page.querySelector("template").content, true);
  const input = made.querySelector("input");
  input.value = number;
  input.checked = list.ticks[number]?.[0] ?? there;
  made.querySelector("[data-name]").textContent = who[number];
  made.querySelector("[data-state]").textContent = state(list, number, there);
  input.addEventListener("change", () => tick(number, input));
  return made;
}

function tick(number, input) {
  const list = read();
  if (!list) return void show();
  list.ticks[number] = [input.checked, Date.now()];
  write(list);
  input.closest("li").querySelector("[data-state]").textContent = state(list, number, false);
  say(waiting(list));
  send();
}

let sending = null;
let again = false;
let later = 0;

// One at a time. Who asks meanwhile (a tick, a network that is back while the last try still waits) is sent for once more.
function send() {
  clearTimeout(later);
  again = sending !== null;
  sending ??= sendNow().finally(() => {
    sending = null;
    return again ? send() : undefined;
  });
  return sending;
}

async function sendNow() {
  const list = read();
  if (!list) return show();
  const was = new Map(list.rows);
  const now = Date.now();
  const ticks = Object.entries(list.ticks).map(([number, [there, at]]) => [
    Number(number),
    there,
    was.get(Number(number)) ?? false,
    (now - at) / 1000,
  ]);
  const answer = await ask(list.url, { person: list.person, take: false, ticks });
  if (answer.why === "away") return void (later = setTimeout(send, navigator.onLine ? SOON : MINUTE));
  if (answer.why) return refused(answer.why);
  await took(answer, list);
}

async function refused(why) {
  if (why === "closed") erase();
  endKey();
  await show();
  say(page.dataset[why]);
}

async function took(answer, sent) {
  const list = read();
  if (!list) return show();
  for (const [number, [, at]] of Object.entries(sent.ticks)) {
    if (list.ticks[number]?.[1] === at) delete list.ticks[number];
  }
  const there = new Map(answer.people.map(([number, , now]) => [number, now]));
  const who = await names(list);
  list.rows = list.rows
    .filter(([number]) => there.has(number))
    .map(([number]) => [number, there.get(number)]);
  if (who) {
    const all = new Map(Object.entries(who));
    for (const [number, name, now] of answer.people) {
      if (!all.has(String(number))) list.rows.push([number, now]);
      all.set(String(number), name);
    }
    Object.assign(list, await locked([...all]));
  }
  write(list);
  await show();
  const lost = answer.overruled.map((number) => who?.[number]).filter(Boolean);
  if (lost.length) say(fill(page.dataset.overruled, { names: lost.join(", ") }));
}

async function finish() {
  await send();
  const list = read();
  if (!list || count(list)) return;
  erase();
  await show();
  say(page.dataset.finished);
}

if (page) {
  page.querySelector("[data-without-script]").remove();
  page.querySelector("[data-send]").addEventListener("click", finish);
  for (const button of page.querySelectorAll("[data-throw]")) {
    button.addEventListener("click", () => {
      erase();
      show();
      say(page.dataset.thrown);
    });
  }
  addEventListener("online", send);
  addEventListener("pageshow", show);
  setInterval(() => read() || show(), MINUTE);
  await send(); // before any name is shown: whose session is it?
  await show();
}
