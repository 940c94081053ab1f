// An activity plays in a sandbox that has no session and reaches nothing. What it tells is heard here, and sent on in
// the learner's name. Loaded only on lessons with an activity; the sandbox only when somebody opens it.

// Its address has a hash in its name, so the page tells it.
const article = document.querySelector("article[data-frame]");
const { play } = await import(article.dataset.frame);
const { drop, keep, kept, refuse, wordsFor } = await import(article.dataset.answers);
const { Stops } = await import(document.querySelector("template[data-stops]").dataset.stops);

const AGAIN = [2, 5, 15, 60]; // seconds until the next try
const PAUSE = 1000; // ms after a report, and longer after each: nobody finishes something every second
const MOST_WAITING = 20; // reports of one activity
const MOST = 256 * 1024; // characters: the server takes no more
const MOST_ADDRESS = 2000; // characters
const LOOK = 50; // ms between two looks for a click
const MOST_LOOKS = 10;
const after = (ms) => new Promise((done) => setTimeout(done, ms));

for (const section of document.querySelectorAll("[data-activity]")) prepare(section);

function prepare(section) {
  section.querySelector("[data-plain]").hidden = true;
  section.querySelector("[data-closed]").hidden = false;
  section.querySelector("[data-open]").addEventListener("click", () => open(section));
}

function address(section, what = "") {
  const lesson = new URL(section.querySelector("form").getAttribute("action"), location.href);
  const path = lesson.pathname.replace(/antwort\/$/, "");
  return `${path.replace(/antwort\/$/, "")}aktivitaet/${section.dataset.activity}/${what}`;
}

async function open(section) {
  section.querySelector("[data-closed]").hidden = true;
  const stops = new Stops(section.dataset.activity, {
    send: (body) => send(section, "stand/", body),
    tell: (what) => say(section, what && wordsFor(what)),
    refuse: (status) => section.querySelector("[data-refusal]") ?? refuse(section, status, true, false),
  });
  const title = section.querySelector("h2").textContent;
  const stage = section.querySelector("[data-stage]");
  const hearIt = (said) => hear(section, stops, said);
  const frame = play(stage, address(section), title, hearIt, await stops.resume());
  frame.className = "ls-activity__frame";
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    frame.contentWindow?.postMessage({ h5p: "save" }, "*");
    stops.save();
  });
  frame.focus();
  // Once more when there is something in it: the Tab key passes by a frame that had the focus while it was empty.
  frame.addEventListener(
    "load",
    () => {
      if (document.activeElement !== frame) return;
      frame.blur();
      frame.focus();
    },
    { once: true },
  );
}

// The sandbox may say what it likes and as often as it likes: only these words are understood, and each is looked at
// before it is used.
function hear(section, stops, said) {
  if (said?.h5p === "ready") {
    stops.begun(said);
  } else if (said?.h5p === "state") {
    stops.changed(said.state);
  } else if (said?.h5p === "statement" && said.final === true) {
    report(section, parsed(short(said.statement)), parsed(short(said.data)));
  } else if (said?.h5p === "link") {
    offer(section, short(said.url));
  } else {
    trouble(section, said);
  }
}

// What does not work in here, in our words: the sandbox says which ones, and the name of a host.
const BLOCKED = ["frame", "media", "microphone"];
const HOST = /^[\w.-]{0,100}(:\d{1,5})?$/;

function trouble(section, said) {
  if (said?.h5p === "empty") say(section, wordsFor("empty"));
  else if (said?.h5p === "filled") say(section, "");
  else if (said?.h5p === "bright" && !section.querySelector("[data-says]").textContent)
    say(section, wordsFor("bright"));
  else if (said?.h5p === "blocked" && BLOCKED.includes(said.what) && HOST.test(said.host)) {
    say(section, `${wordsFor(said.what)} ${said.host}`.trim());
  }
}

function short(text) {
  return typeof text === "string" && text.length <= MOST ? text : "";
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// --- reports: one after the other, so that a talkative activity does not use up what a household may send ---

const reports = new Map(); // section -> {statement, parts} that wait, the one on its way among them

function report(section, statement, parts) {
  if (statement === null || typeof statement !== "object" || Array.isArray(statement)) return;
  statement.id ??= crypto.randomUUID?.();
  const queue = reports.get(section) ?? [];
  if (queue.length < MOST_WAITING) queue.push({ statement, parts });
  if (reports.has(section)) return;
  reports.set(section, queue);
  sendAll(section, queue).finally(() => reports.delete(section));
}

async function sendAll(section, queue) {
  for (let tries = 0; queue.length;) {
    const mine = article.dataset.who === "learner" ? {} : { antworten: JSON.stringify(kept()) };
    const answer = await send(section, "ergebnis/", { ...queue[0], ...mine });
    if (!answer || answer.status >= 500 || answer.status === 429) {
      keep(section.dataset.activity, { result: [JSON.stringify(queue[0])] }); // this page may be closed before
      say(section, section.dataset.again);
      await after(1000 * AGAIN[Math.min(tries, AGAIN.length - 1)]);
      tries += 1;
      continue;
    }
    const sent = queue.shift();
    if (answer.ok) show(section, await answer.json());
    else refused(section, answer.status, sent);
    if (answer.ok && tries) drop(section.dataset.activity);
    tries = 0;
    section.sent = Math.min((section.sent ?? 0) + 1, 5);
    await after(PAUSE * section.sent);
  }
}

// They may store it once they are signed in or enrolled; until then it lies in this tab.
function refused(section, status, sent) {
  say(section, "");
  const may = status === 401 || status === 403 || status === 409;
  const stays = may && keep(section.dataset.activity, { result: [JSON.stringify(sent)] });
  refuse(section, status, stays);
}

function show(section, came) {
  say(section, "");
  section.querySelectorAll("[data-refusal], [data-unsaved]").forEach((said) => said.remove());
  if (came.attempts) section.querySelector("[data-attempts]")?.replaceWith(fragment(came.attempts));
  if (came.keep) keep(section.dataset.activity, came.keep.given, came.keep.right);
  if (came.known) return say(section, section.dataset.note);
  replace(section, "[data-feedback]", came.feedback, (html) => section.insertAdjacentHTML("beforeend", html));
  if (came.state) isDone(section, came.state);
  for (const part of parts(came.stand)) document.getElementById(part.id)?.replaceWith(part);
}

// Said above it, and there is no button any more that would only bring it about.
function isDone(section, html) {
  if (!section.querySelector(".ls-done, [data-made]")) section.insertAdjacentHTML("afterbegin", html);
  section.querySelector("button[name='done']")?.closest("p").remove();
}

// How the step now stands, and what is offered.
function parts(html) {
  return [...fragment(html).querySelectorAll("#stand, #angebot")];
}

function fragment(html) {
  const found = document.createElement("template");
  found.innerHTML = html ?? "";
  return found.content;
}

function replace(section, selector, html, put) {
  section.querySelector(selector)?.remove();
  put(html);
}

// --- to the server ---

async function send(section, what, body) {
  const token = section.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const text = JSON.stringify(body);
  try {
    return await fetch(address(section, what), {
      method: "POST",
      keepalive: text.length < 20000, // browsers keep 64 kB of all pages together alive
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: text,
    });
  } catch {
    return null; // no network: anyone who asked tries again
  }
}

// --- links: the learner says whether they want to go there ---

// Only after a key or a click, which counts for the pages around a frame as well (HTML § 6.4.1). Of a frame in another
// process the message may be here before the browser has told us of the click: so that is waited for, one at a time.
async function offer(section, text) {
  const url = web(text);
  if (!url || url.href.length > MOST_ADDRESS || section.waits) return;
  section.waits = true;
  const pressed = await hasPressed();
  section.waits = false;
  if (!pressed) return;
  const says = section.querySelector("[data-says]");
  if (says.querySelector("a")?.href === url.href) return;
  const link = document.createElement("a");
  link.href = url.href;
  link.textContent = url.href;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  say(section, `${section.dataset.link} `);
  says.append(link);
}

async function hasPressed() {
  for (let tries = 0; navigator.userActivation?.isActive === false; tries++) {
    if (tries === MOST_LOOKS) return false;
    await after(LOOK);
  }
  return true;
}

function web(text) {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

function say(section, text) {
  section.querySelector("[data-says]").textContent = text;
}
