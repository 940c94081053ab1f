// Runs in the sandbox after the libraries: what happens is told to the page around. That page believes nothing but
// where a message comes from; it holds the session, this one holds nothing.
(() => {
  const tell = (kind, data) => parent.postMessage({ h5p: kind, ...data }, "*");
  const FINAL = /\/(?:answered|completed|passed|failed|mastered)$/;
  const saved = new Map();

  function isTop(statement) {
    const parents = statement.context?.contextActivities?.parent;
    return !parents?.length && !/[?&]subContentId=/.test(statement.object?.id ?? "");
  }

  function details() {
    try {
      return H5P.instances[0]?.getXAPIData?.() ?? null;
    } catch {
      return null; // the statement itself is enough
    }
  }

  H5P.externalDispatcher.on("xAPI", (event) => {
    const statement = event.data.statement;
    const final = isTop(statement) && FINAL.test(statement.verb?.id ?? "");
    tell("statement", {
      statement: JSON.stringify(statement),
      final,
      data: final ? JSON.stringify(details()) : "",
    });
    saveSoon();
  });

  H5P.setUserData = (contentId, name, data, extras = {}) => {
    const text = JSON.stringify(data);
    const key = `${extras.subContentId ?? 0}/${name}`;
    if (saved.get(key) === text) return;
    saved.set(key, text);
    if (name === "state" && !extras.subContentId) tell("state", { state: text });
  };
  // What was saved before this page comes with it, and the core reads it; there is nobody to ask for anything else.
  const before = H5P.getUserData;
  H5P.getUserData = (contentId, name, done, subContentId = 0) => {
    const text = saved.get(`${subContentId}/${name}`);
    if (text !== undefined) done(undefined, JSON.parse(text));
    else if (name === "state" && !subContentId) before.call(H5P, contentId, name, done, subContentId);
    else done(undefined, undefined);
  };
  H5P.deleteUserData = (contentId, name, subContentId = 0) => void saved.delete(`${subContentId}/${name}`);

  function save() {
    const state = H5P.instances?.[0]?.getCurrentState?.();
    if (state !== undefined) H5P.setUserData(1, "state", state);
  }
  // Something was done: the core itself saves only every few seconds, and they may be gone by then.
  let soon;
  function saveSoon() {
    clearTimeout(soon);
    soon = setTimeout(save, 300);
  }
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  window.addEventListener("pagehide", save);
  window.addEventListener("message", (event) => {
    if (event.source === parent && event.data?.h5p === "save") save();
  });

  // A link leads away from here only if the learner says so outside.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !/^https?:/.test(link.href) || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    tell("link", { url: link.href });
  });

  H5P.jQuery(() => {
    window.h5pReady = true;
    tell("ready", {});
    // Not the body's: the core's style sheet makes that as high as the frame.
    const content = document.querySelector(".h5p-content");
    const measure = () => tell("height", { height: Math.ceil(content.getBoundingClientRect().height) });
    new ResizeObserver(measure).observe(content);
    measure();
  });
})();
