// In a learning platform that speaks SCORM: 1.2 (RTE § 3.3, 3.4) or 2004 (4th Edition, RTE § 3.1, 4.2). Says when the
// content is done and with how many points, and keeps where somebody stopped. Without a platform it only plays.
(() => {
  const NEW = document.documentElement.dataset.scorm === "2004";
  const NAMES = NEW
    ? { api: "API_1484_11", begin: "Initialize", end: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit" }
    : { api: "API", begin: "LMSInitialize", end: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit" };
  const MOST_STATE = NEW ? 64000 : 4096; // characters, the least that every platform keeps
  const FINAL = /\/(?:answered|completed|passed|failed|mastered)$/;

  // The platform's object is in a window around this one, or in the one that has opened it.
  function above(view) {
    for (let near = view, n = 0; near && n < 20; near = near.parent, n++) {
      try {
        if (near[NAMES.api]) return near[NAMES.api];
      } catch {
        return null; // another origin: nothing to be found there
      }
      if (near.parent === near) return null;
    }
    return null;
  }
  const api = above(window) ?? (window.opener ? above(window.opener) : null);
  if (!api || String(api[NAMES.begin]("")) !== "true") return;

  const began = Date.now();
  const get = (name) => String(api[NAMES.get](name) ?? "");
  const set = (name, value) => api[NAMES.set](name, String(value));
  const commit = () => api[NAMES.commit]("");
  const rounded = (value) => Math.round(value * 1e4) / 1e4;

  const STATUS = NEW ? "cmi.completion_status" : "cmi.core.lesson_status";
  if (["", "unknown", "not attempted"].includes(get(STATUS))) set(STATUS, "incomplete");

  function isTop(statement) {
    const parents = statement.context?.contextActivities?.parent;
    return !parents?.length && !/[?&]subContentId=/.test(statement.object?.id ?? "");
  }

  function score({ raw, max, scaled }) {
    const share = Number.isFinite(scaled) ? scaled : raw / max;
    if (!Number.isFinite(share)) return;
    if (NEW) {
      set("cmi.score.scaled", rounded(Math.min(1, Math.max(-1, share))));
      set("cmi.score.min", 0);
      set("cmi.score.max", max ?? 1);
      set("cmi.score.raw", raw ?? share);
    } else {
      set("cmi.core.score.min", 0); // 1.2 counts from 0 to 100
      set("cmi.core.score.max", 100);
      set("cmi.core.score.raw", rounded(100 * Math.min(1, Math.max(0, share))));
    }
  }

  // 1.2 has one word for both: whether it is done, and whether it is right.
  function done(success) {
    if (NEW) {
      set("cmi.completion_status", "completed");
      if (typeof success === "boolean") set("cmi.success_status", success ? "passed" : "failed");
    } else if (get(STATUS) !== "passed") {
      set(STATUS, typeof success === "boolean" ? (success ? "passed" : "failed") : "completed");
    }
  }

  H5P.externalDispatcher.on("xAPI", ({ data: { statement } }) => {
    if (!isTop(statement) || !FINAL.test(statement.verb?.id ?? "")) return;
    if (statement.result?.score) score(statement.result.score);
    done(statement.result?.success);
    save();
    commit();
  });

  const before = get("cmi.suspend_data");
  if (before) H5PIntegration.contents["cid-1"].contentUserData = [{ state: before }];
  const first = H5P.getUserData;
  H5P.getUserData = (contentId, name, then, subContentId = 0) => {
    if (name === "state" && !subContentId) first.call(H5P, contentId, name, then, subContentId);
    else then(undefined, undefined);
  };
  H5P.setUserData = () => {}; // saved here, as a whole
  function save() {
    let state;
    try {
      state = JSON.stringify(H5P.instances[0]?.getCurrentState?.());
    } catch {
      return; // not all of it is there yet
    }
    if (state && state.length <= MOST_STATE) set("cmi.suspend_data", state);
  }

  const pad = (number) => String(number).padStart(2, "0");
  function elapsed() {
    const seconds = Math.round((Date.now() - began) / 1000);
    if (NEW) return `PT${seconds}S`;
    return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  }

  let ended = false;
  function end() {
    if (ended) return;
    ended = true;
    save();
    set(NEW ? "cmi.session_time" : "cmi.core.session_time", elapsed());
    set(NEW ? "cmi.exit" : "cmi.core.exit", "suspend");
    commit();
    api[NAMES.end]("");
  }
  window.addEventListener("pagehide", end);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || ended) return;
    save();
    commit();
  });

  // What gives no points says of nothing that it is done: it is, once it was opened.
  H5P.jQuery(() => {
    if ((H5P.instances[0]?.getMaxScore?.() ?? 0) > 0) return;
    done();
    commit();
  });
})();
