// An activity as its author will see it, in the sandbox that learners get (h5p_lite/frame.js). What it tells is shown
// here and sent nowhere.

for (const section of document.querySelectorAll("[data-preview]")) show(section);

async function show(section) {
  const { play } = await import(section.dataset.frame); // its address has a hash in its name, so the page tells it
  const says = section.parentElement.querySelector("[data-says]");
  const title = section.getAttribute("aria-label");
  section.querySelector("[data-plain]").hidden = true;
  const stage = section.querySelector("[data-stage]");
  play(stage, section.dataset.preview, title, (said) => hear(section, says, said)).className =
    "ls-activity__frame";
}

// The sandbox may say what it likes: only these words are understood, and each is looked at before it is used.
function hear(section, says, said) {
  if (said?.h5p === "statement" && said.final) {
    tell(says, reported(section, said.statement));
  } else if (said?.h5p === "link" && /^https?:\/\//.test(said.url)) {
    tell(says, `${section.dataset.link} ${said.url}`);
  } else if (said?.h5p === "empty") {
    tell(says, section.dataset.empty);
  } else if (said?.h5p === "bright") {
    tell(says, section.dataset.bright);
  } else if (said?.h5p === "blocked" && ["frame", "media", "microphone"].includes(said.what)) {
    const host = /^[\w.:-]{1,100}$/.test(said.host) ? ` ${said.host}` : "";
    tell(says, `${section.dataset[said.what === "microphone" ? "microphone" : "elsewhere"]}${host}`);
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
