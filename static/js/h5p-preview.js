// An activity as its author will see it, in the sandbox that learners get (activity.js). What it tells is shown here
// and sent nowhere.

const SANDBOX = "allow-scripts allow-forms";

for (const section of document.querySelectorAll("[data-preview]")) show(section);

function show(section) {
  const says = section.parentElement.querySelector("[data-says]");
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", SANDBOX);
  frame.allow = "fullscreen";
  frame.title = section.getAttribute("aria-label");
  frame.className = "ls-activity__frame";
  window.addEventListener("message", (event) => {
    if (event.source === frame.contentWindow) hear(section, says, frame, event.data);
  });
  frame.src = section.dataset.preview;
  section.querySelector("[data-plain]").hidden = true;
  section.querySelector("[data-stage]").replaceChildren(frame);
}

// The sandbox may say what it likes: only these words are understood, and each is looked at before it is used.
function hear(section, says, frame, said) {
  if (said?.lernstadt === "height" && Number.isFinite(said.height)) {
    frame.style.blockSize = `${Math.min(Math.max(said.height, 80), 20000)}px`;
  } else if (said?.lernstadt === "broken" && !frame.src.includes("einzeln")) {
    frame.src += `${frame.src.includes("?") ? "&" : "?"}einzeln`;
  } else if (said?.lernstadt === "statement" && said.final) {
    tell(says, reported(section, said.statement));
  } else if (said?.lernstadt === "link" && /^https?:\/\//.test(said.url)) {
    tell(says, `${section.dataset.link} ${said.url}`);
  }
}

function reported(section, text) {
  let score;
  try {
    score = JSON.parse(text)?.result?.score;
  } catch {
    score = null;
  }
  if (!Number.isFinite(score?.raw) || !Number.isFinite(score?.max)) return section.dataset.done;
  return section.dataset.score.replace("RAW", score.raw).replace("MAX", score.max);
}

function tell(says, text) {
  says.textContent = text;
  says.hidden = false;
}
