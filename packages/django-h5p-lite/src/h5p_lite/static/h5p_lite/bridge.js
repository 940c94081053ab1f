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
    const written = text(data);
    const key = `${extras.subContentId ?? 0}/${name}`;
    if (saved.get(key) === written) return;
    saved.set(key, written);
    if (name === "state" && !extras.subContentId) tell("state", { state: written });
  };
  // What was saved before this page comes with it, and the core reads it; there is nobody to ask for anything else.
  const before = H5P.getUserData;
  H5P.getUserData = (contentId, name, done, subContentId = 0) => {
    const written = saved.get(`${subContentId}/${name}`);
    if (written !== undefined) done(undefined, JSON.parse(written));
    else if (name === "state" && !subContentId) before.call(H5P, contentId, name, done, subContentId);
    else done(undefined, undefined);
  };
  H5P.deleteUserData = (contentId, name, subContentId = 0) => void saved.delete(`${subContentId}/${name}`);

  const text = (data) => JSON.stringify(data);
  function current() {
    try {
      return H5P.instances?.[0]?.getCurrentState?.();
    } catch {
      return undefined; // not all of it is there yet
    }
  }
  function save() {
    const state = current();
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
    // As it begins, there is nothing to save: an open window that nobody touches takes no turn.
    saved.set("0/state", text(current()));
    tell("ready", H5PIntegration.lite);
    // Not the body's: the core's style sheet makes that as high as the frame.
    const content = document.querySelector(".h5p-content");
    const around = getComputedStyle(document.body);
    const padding = () => parseFloat(around.paddingBlockStart) + parseFloat(around.paddingBlockEnd) || 0;
    // A host may turn the colours of a page as a whole. What a script draws itself stays as bright as it is.
    let bright = false;
    const lookForBright = () => {
      const turned = getComputedStyle(document.body).filter.includes("invert");
      const drawn = [...content.querySelectorAll("canvas")].some(
        (one) => one.clientWidth > 150 && one.clientHeight > 100,
      );
      if (turned && drawn && !bright) tell("bright", {});
      bright ||= turned && drawn;
    };
    const measure = () => {
      lookForBright();
      tell("height", { height: Math.ceil(content.getBoundingClientRect().height + padding()) });
      look();
    };
    new ResizeObserver(measure).observe(content);

    // A library without its constructor, or one that fell over, leaves an empty box. That is told, and taken back when
    // something comes after all.
    const SOMETHING = "img, video, audio, canvas, svg, input, textarea, select, button, [role='button']";
    const isEmpty = () => !content.textContent.trim() && !content.querySelector(SOMETHING);
    let missing = false;
    function look(late = false) {
      const now = H5P.instances.length === 0 || (late || missing ? isEmpty() : false);
      if (now !== missing) tell(now ? "empty" : "filled", {});
      missing = now;
    }
    setTimeout(() => look(true), 5000);
    measure();
  });
})();
