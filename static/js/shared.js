// A shared device: asks after ten minutes without a sign of life, waits two, then forgets. All tabs count as one.
// Without this script the server ends the session with the next request that comes too late.
const ASK = 10 * 60;
const WAIT = 2 * 60; // seconds
const SAY = 60; // seconds between two signs of life for the server

const bar = document.querySelector("[data-shared]");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("geteilt") : null;

if (document.querySelector("[data-forgotten]")) {
  for (const store of ["sessionStorage", "localStorage"]) {
    try {
      window[store].clear();
    } catch {
      // no storage, nothing in it
    }
  }
  tabs?.postMessage("gone");
  document.querySelector("h1").focus();
}

// A page that "back" takes out of the browser's memory is asked for anew: it is somebody else's now.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

if (bar) {
  const form = bar.querySelector("form");
  const dialog = bar.querySelector("dialog");
  let seen = Date.now();
  let said = Date.now();

  const gone = () => location.replace(bar.dataset.forgottenUrl);
  const leave = () => {
    const late = document.createElement("input");
    late.type = "hidden";
    late.name = "zeit";
    form.append(late);
    form.submit();
  };
  const alive = (mine) => {
    seen = Date.now();
    if (dialog.open) dialog.close();
    if (!mine) return;
    tabs?.postMessage("alive");
    if (seen - said < SAY * 1000) return;
    said = seen;
    fetch(bar.dataset.alive, { cache: "no-store" }).then((answer) => {
      if (answer.status === 205 && "somebody" in bar.dataset) gone();
    });
  };
  for (const sign of ["keydown", "pointerdown", "scroll", "input"]) {
    addEventListener(sign, () => dialog.open || alive(true), { passive: true, capture: true });
  }
  tabs?.addEventListener("message", ({ data }) => (data === "gone" ? gone() : alive(false)));
  dialog.querySelector("[data-stay]").addEventListener("click", () => {
    dialog.close();
    alive(true);
  });
  dialog.addEventListener("cancel", () => alive(true));
  dialog.querySelector("[data-go]").addEventListener("click", () => form.submit());

  setInterval(() => {
    const idle = (Date.now() - seen) / 1000;
    if (idle > ASK + WAIT) leave();
    else if (idle > ASK && !dialog.open) dialog.showModal();
  }, 1000);
}
