// Where somebody stopped in an activity, on its way to the server. A page says after which number it saves, and one that
// has not seen the newest state is told so. What cannot be stored yet stays in this tab.

const STORE = "lernstadt-staende";
const MOST = 256 * 1024; // characters of one state
const SAVE = 2000; // ms in which states are gathered
const AGAIN = [2, 5, 15, 60]; // seconds until the next try
const NAME = crypto.randomUUID?.() ?? String(Math.random()).slice(2); // of this page

const article = document.querySelector("[data-answers]");
const { mine } = document.querySelector("template[data-stops]").dataset; // whose record this page shows; nobody's for a visitor
const byServer = () => article.dataset.who === "learner";

// --- what stays in this tab ---

function all() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? {};
  } catch {
    return {}; // no storage, or not ours
  }
}

function put(item, stop) {
  const stops = all();
  if (stop) stops[item] = stop;
  else delete stops[item];
  try {
    if (Object.keys(stops).length) sessionStorage.setItem(STORE, JSON.stringify(stops));
    else sessionStorage.removeItem(STORE);
  } catch {
    // full, or none: then it stays on the page
  }
}

// One section of the page, from its opening on. `send` posts, `tell` says something quietly, `refuse` says it for good.
export class Stops {
  constructor(item, { send, tell, refuse }) {
    this.item = item;
    this.send = send;
    this.tell = tell;
    this.refuse = refuse;
    this.place = { after: 0, window: NAME, shape: "" };
    this.unsent = null; // the newest state, as text
    this.kept = null; // what this tab has brought along
    this.resuming = false;
    this.tries = 0;
    this.ended = false; // another page has a newer one
    this.refused = false; // not stored until they have signed in or enrolled
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.keep());
  }

  // What this tab kept the last time, sent before the content begins; what it goes on from, if that could not be stored.
  // Somebody else's stays where it is: on a shared device two people use one tab.
  async resume() {
    const stop = all()[this.item];
    if (typeof stop?.state !== "string" || stop.mine !== mine) return null;
    this.place = { after: stop.after, window: stop.window, shape: stop.shape };
    this.kept = { shape: stop.shape, state: stop.state };
    this.unsent = stop.state;
    this.resuming = true;
    await this.save();
    this.resuming = false;
    if (this.unsent === null) this.kept = null;
    return this.kept;
  }

  // The content has begun: from what the server had, or from what was kept, if that fits.
  begun({ saved, shape }) {
    if (typeof shape !== "string" || shape.length > 64) return;
    const goesOn = this.kept?.shape === shape;
    if (this.kept && !goesOn) this.unsent = null;
    if (Number.isSafeInteger(saved) && saved >= 0 && !goesOn)
      this.place = { after: saved, window: NAME, shape };
  }

  changed(text) {
    if (this.ended || typeof text !== "string" || text.length > MOST || !isJson(text)) return;
    const soon = this.unsent !== null && !this.refused && this.tries === 0;
    this.unsent = text;
    if (this.refused || !byServer()) this.keep();
    else if (document.visibilityState === "hidden") this.save();
    else if (!soon) setTimeout(() => this.save(), SAVE);
  }

  keep() {
    if (this.unsent !== null && !this.ended) put(this.item, { ...this.place, mine, state: this.unsent });
  }

  // One at a time; a page that is going away does not wait. Its own name keeps two of its saves from being taken for two
  // pages.
  async save() {
    if (this.unsent === null || this.ended || this.refused || !byServer()) return;
    if (this.busy && document.visibilityState !== "hidden") return;
    this.busy = true;
    const text = this.unsent;
    const answer = await this.send({ state: JSON.parse(text), ...this.place });
    this.busy = false;
    await this.answered(answer, text);
  }

  async answered(answer, text) {
    if (answer?.ok) return this.stored(await answer.json(), text);
    const status = answer?.status ?? 0;
    if (status === 0 || status === 429 || status >= 500) return this.later();
    if (status === 413) {
      this.unsent = null;
      this.refuse(status);
    } else if (status === 401 || status === 403 || status === 409) {
      this.refused = true;
      this.keep();
      this.refuse(status);
    } else {
      this.end(status);
    }
  }

  stored({ number }, text) {
    this.place = { ...this.place, after: number, window: NAME };
    if (this.tries) this.tell("");
    this.tries = 0;
    if (this.unsent === text) {
      this.unsent = null;
      put(this.item, null);
    } else {
      setTimeout(() => this.save(), SAVE);
    }
  }

  later() {
    this.keep();
    this.tell("later");
    setTimeout(() => this.save(), 1000 * AGAIN[Math.min(this.tries, AGAIN.length - 1)]);
    this.tries += 1;
  }

  // 412: another page of theirs has saved since; 410 and 404: there is nothing any more that this would fit.
  end(status) {
    this.unsent = null;
    put(this.item, null);
    if (this.resuming) return this.tell("older"); // the content begins from the newer one
    this.ended = true;
    this.refuse(status);
  }
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
