// The frame in which an activity plays, for learners (activity.js) and for its author (h5p-preview.js): a sandbox that
// has no session and reaches nothing.

const SANDBOX = "allow-scripts allow-forms";
const LOWEST = 80; // px
const HIGHEST = 20000; // px

// Puts the frame into `stage`. `hear` gets what it says, but for what concerns the frame itself. The sandbox may say
// what it likes: whoever hears it looks at each word before using it.
export function play(stage, address, title, hear) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", SANDBOX);
  frame.allow = "fullscreen";
  frame.title = title;
  frame.className = "ls-activity__frame";
  let alone = false; // every script by itself, because the bundle did not run
  window.addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    if (data?.lernstadt === "height") return grow(frame, data.height);
    if (data?.lernstadt !== "broken") return hear(data);
    if (!alone) frame.src = `${address}${address.includes("?") ? "&" : "?"}einzeln`;
    alone = true;
  });
  frame.src = address;
  stage.replaceChildren(frame);
  return frame;
}

function grow(frame, height) {
  if (Number.isFinite(height)) frame.style.blockSize = `${Math.min(Math.max(height, LOWEST), HIGHEST)}px`;
}
