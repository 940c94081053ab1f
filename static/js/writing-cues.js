// Captions beside their film: play, write what is said, and Enter sets the end and begins the next row.
// New rows have ids of their own and come along when the block is saved; the film plays on meanwhile.

/** @param {HTMLElement} part the rows of captions of one film */
export function begin(part) {
  const film = /** @type {HTMLVideoElement | null} */ (part.querySelector("[data-film]"));
  part.querySelectorAll("[data-script-only]").forEach((one) => one.removeAttribute("hidden"));
  if (film) part.querySelectorAll("[data-cue-play]").forEach((one) => one.removeAttribute("hidden"));
  if (film && !part.querySelector("[data-cue-rows] > li")) add(part); // one row stands ready
  film?.addEventListener("ended", () => ended(part, film));
  part.addEventListener("input", (event) => paced(part, rowOf(event.target)));
  part.addEventListener("keydown", (event) => pressed(event, part, film));
  part.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (!button) return;
    if (button.matches("[data-cue-add]")) add(part).querySelector("textarea").focus();
    else if (button.matches("[data-cue-drop]")) drop(part, rowOf(button));
    else if (button.matches("[data-cue-play]")) hear(film, rowOf(button));
    else return;
    event.preventDefault();
  });
}

/** @param {EventTarget} target */
const rowOf = (target) => /** @type {HTMLElement} */ (target).closest("[data-row]");

/** @param {Element} row @param {string} what */
const field = (row, what) => /** @type {HTMLInputElement} */ (row.querySelector(`[data-cue-${what}]`));

/** Seconds of a time as it is typed; NaN: it is none. @param {string} text */
export function seconds(text) {
  const found = /^(?:(?:(\d{1,4}):)?(\d{1,2}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!found) return NaN;
  const [, hours = 0, minutes = 0, whole, rest = 0] = found;
  return (Number(hours) * 60 + Number(minutes)) * 60 + Number(whole) + Number(`0.${rest}`);
}

/** As it is typed: 1:07.5. @param {number} time */
export function typed(time) {
  const tenths = Math.round(time * 10);
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  const part = `${String(Math.floor(rest / 10)).padStart(2, "0")}${rest % 10 ? `.${rest % 10}` : ""}`;
  if (minutes < 60) return `${minutes}:${part}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${part}`;
}

/** @param {HTMLElement} part @param {Element | null} row */
function paced(part, row) {
  if (!row) return;
  const [start, end] = [seconds(field(row, "start").value), seconds(field(row, "end").value)];
  const says = row.querySelector("[data-cue-pace]");
  const text = field(row, "text").value.trim().replace(/\s+/g, " ");
  const pace = end > start ? Math.round(text.length / (end - start)) : 0;
  const fast = pace > Number(part.dataset.quickest);
  says.classList.toggle("ls-cue__fast", fast);
  says.textContent = pace ? (fast ? part.dataset.fast : part.dataset.pace).replace("{n}", String(pace)) : "";
}

/** @param {KeyboardEvent} event @param {HTMLElement} part @param {HTMLVideoElement | null} film */
function pressed(event, part, film) {
  const row = rowOf(event.target);
  if (film && event.altKey && event.key.toLowerCase() === "p") {
    event.preventDefault();
    if (film.paused) film.play();
    else film.pause();
  } else if (film && row && event.altKey && event.key.toLowerCase() === "t") {
    event.preventDefault();
    set(part, row, "start", typed(film.currentTime));
  } else if (event.key === "Enter" && !event.shiftKey && row) {
    event.preventDefault();
    next(part, row, film);
  }
}

/** @param {HTMLElement} part @param {Element} row @param {HTMLVideoElement | null} film */
function next(part, row, film) {
  if (!field(row, "start").value) set(part, row, "start", typed(0));
  const ends = film ? film.currentTime : 0;
  if (!field(row, "end").value && ends > seconds(field(row, "start").value))
    set(part, row, "end", typed(ends));
  const after = row.nextElementSibling ?? add(part);
  field(after, "text").focus();
}

/** What is said last is said until the film ends. @param {HTMLElement} part @param {HTMLVideoElement} film */
function ended(part, film) {
  const last = part.querySelector("[data-cue-rows]").lastElementChild;
  const open = last && field(last, "text").value.trim() && !field(last, "end").value;
  const end = Math.floor(film.duration * 10) / 10;
  if (open && end > seconds(field(last, "start").value)) set(part, last, "end", typed(end));
}

/** @param {HTMLElement} part @param {Element} row @param {string} what @param {string} value */
function set(part, row, what, value) {
  field(row, what).value = value;
  field(row, what).dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** A new row begins where the last one ends. @param {HTMLElement} part */
function add(part) {
  const rows = part.querySelector("[data-cue-rows]");
  const pattern = /** @type {HTMLTemplateElement} */ (part.querySelector("template[data-cue]"));
  const holder = document.createElement("template");
  holder.innerHTML = pattern.innerHTML.replaceAll("-neu-", `-${ID}-`).replaceAll('"neu"', `"${ID}"`);
  holder.innerHTML = holder.innerHTML.replaceAll(ID, id());
  const row = /** @type {HTMLElement} */ (holder.content.firstElementChild);
  const last = rows.lastElementChild;
  rows.append(row);
  if (last) field(row, "start").value = field(last, "end").value;
  if (part.querySelector("[data-film]")) row.querySelector("[data-cue-play]").removeAttribute("hidden");
  numbered(part);
  return row;
}

const ID = "@@";

/** A UUID, where crypto.randomUUID needs a browser newer than ours may be. */
function id() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const text = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** @param {HTMLElement} part @param {Element} row */
function drop(part, row) {
  const near = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  numbered(part);
  const wanted = near ? field(near, "text") : part.querySelector("[data-cue-add]");
  /** @type {HTMLElement} */ (wanted).focus();
  part.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** @param {HTMLElement} part */
function numbered(part) {
  part.querySelectorAll("[data-cue-rows] [data-number]").forEach((one, at) => {
    one.textContent = String(at + 1);
  });
}

/** @param {HTMLVideoElement | null} film @param {Element} row */
function hear(film, row) {
  const [start, end] = [seconds(field(row, "start").value), seconds(field(row, "end").value)];
  if (!film || Number.isNaN(start)) return;
  film.currentTime = start;
  film.play();
  const until = () => {
    if (film.currentTime < end) return;
    film.pause();
    film.removeEventListener("timeupdate", until);
  };
  if (end > start) film.addEventListener("timeupdate", until);
}
