// The frame in which a content plays: a sandbox that has no session and reaches nothing.

const SANDBOX = "allow-scripts allow-forms";
const LOWEST = 80; // px
const HIGHEST = 20000; // px

// Puts the frame into `place`. `hear` gets what it says, but for what concerns the frame itself. The sandbox may say
// what it likes: who hears it looks at each word before using it. `kept`: {"shape", "state"} to go on from, where the
// page around has something newer than the server.
export function play(place, address, title, hear, kept = null) {
  const frame = document.createElement("iframe");
  if (kept) frame.name = JSON.stringify(kept);
  frame.setAttribute("sandbox", SANDBOX);
  frame.allow = "fullscreen";
  frame.title = title;
  frame.className = "h5p-frame";
  let alone = false; // every script by itself, because the bundle did not run
  window.addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    if (data?.h5p === "height") return grow(frame, data.height);
    if (data?.h5p !== "broken") return hear(data);
    if (!alone) frame.src = `${address}${address.includes("?") ? "&" : "?"}one-by-one`;
    alone = true;
  });
  frame.src = address;
  place.replaceChildren(frame);
  return frame;
}

function grow(frame, height) {
  if (Number.isFinite(height)) frame.style.blockSize = `${Math.min(Math.max(height, LOWEST), HIGHEST)}px`;
}
