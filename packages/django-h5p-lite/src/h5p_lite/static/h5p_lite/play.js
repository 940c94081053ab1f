// Contents on a page (play.html): what the sandbox tells is sent on in the person's name.
import { play } from "./frame.js";

const AGAIN = [2, 5, 15, 60]; // seconds until the next try
const MOST = 256 * 1024; // characters: the server takes no more
const SAVE = 1000; // ms in which states are gathered
const after = (ms) => new Promise((done) => setTimeout(done, ms));

for (const section of document.querySelectorAll("[data-h5p-page]")) open(section);

function open(section) {
  const told = {
    section,
    says: section.querySelector("[data-h5p-says]"),
    state: undefined,
    timer: 0,
    results: [],
    busy: false,
  };
  const title = section.getAttribute("aria-label");
  const frame = play(section.querySelector("[data-h5p-frame]"), section.dataset.h5pPage, title, (said) =>
    hear(told, said),
  );
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    frame.contentWindow?.postMessage({ h5p: "save" }, "*");
    save(told);
  });
}

// Only these words are understood, and each is looked at before it is used.
function hear(told, said) {
  if (said?.h5p === "state") {
    told.state = parsed(said.state);
    clearTimeout(told.timer);
    told.timer = setTimeout(() => save(told), SAVE);
    if (document.visibilityState === "hidden") save(told);
  } else if (said?.h5p === "statement" && said.final === true) {
    const statement = parsed(said.statement);
    if (statement === undefined || statement === null || typeof statement !== "object") return;
    told.results.push({ statement, parts: parsed(said.data) ?? null });
    if (!told.busy) report(told);
  } else if (said?.h5p === "empty" || said?.h5p === "blocked") {
    told.says.textContent = told.section.dataset[said.h5p === "empty" ? "h5pEmpty" : "h5pBlocked"];
  } else if (said?.h5p === "link" && /^https?:\/\//.test(said.url)) {
    told.says.textContent = `${told.section.dataset.h5pLink} ${said.url}`;
  }
}

function parsed(text) {
  if (typeof text !== "string" || text.length > MOST) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function report(told) {
  told.busy = true;
  for (let tries = 0; told.results.length;) {
    const answer = await send(told, told.section.dataset.h5pResult, told.results[0]);
    if (!answer || answer.status >= 500 || answer.status === 429) {
      told.says.textContent = told.section.dataset.h5pFailed;
      await after(1000 * AGAIN[Math.min(tries++, AGAIN.length - 1)]);
      continue;
    }
    tries = 0;
    told.results.shift();
    if (answer.ok) show(told, await answer.json());
  }
  told.busy = false;
}

function show({ section, says }, { score, most }) {
  const known = Number.isFinite(score) && Number.isFinite(most);
  says.textContent = known
    ? section.dataset.h5pScore.replace("SCORE", score).replace("MOST", most)
    : section.dataset.h5pDone;
}

function save(told) {
  if (told.state === undefined) return;
  const state = told.state;
  told.state = undefined;
  send(told, told.section.dataset.h5pState, { state }, true);
}

async function send({ section }, address, what, keepalive = false) {
  const body = JSON.stringify({ ...what, revision: Number(section.dataset.h5pRevision) });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": section.dataset.h5pToken };
  try {
    return await fetch(address, {
      method: "POST",
      headers,
      body,
      keepalive: keepalive && body.length < 60000,
    });
  } catch {
    return null;
  }
}
