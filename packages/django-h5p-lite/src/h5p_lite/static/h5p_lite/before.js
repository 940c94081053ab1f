// Runs in the sandbox before the player. An opaque origin has no storage; libraries expect one, so they get one that
// forgets. A bundle that does not run is told to the page around, which asks for the scripts one by one.
(() => {
  window.H5PIntegration = JSON.parse(document.getElementById("integration").textContent);
  // What the page around keeps comes as the name of the frame, and is newer than what the server has. It fits only
  // contents of one shape.
  try {
    const { shape, state } = JSON.parse(window.name);
    if (shape === H5PIntegration.lite.shape) H5PIntegration.contents["cid-1"].contentUserData = [{ state }];
  } catch {
    // nothing is kept
  }
  const memory = () => {
    const kept = new Map();
    return {
      getItem: (key) => (kept.has(String(key)) ? kept.get(String(key)) : null),
      setItem: (key, value) => void kept.set(String(key), String(value)),
      removeItem: (key) => void kept.delete(String(key)),
      clear: () => kept.clear(),
      key: (index) => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size;
      },
    };
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].length;
    } catch {
      Object.defineProperty(window, name, { value: memory(), configurable: true });
    }
  }

  // What a content wants and does not get is told, once each: whoever waits for a film should know that none comes.
  const told = new Set();
  const blocked = (what, address = "") => {
    let host = "";
    try {
      host = new URL(address).host;
    } catch {
      // no address of another place
    }
    if (told.has(what + host) || told.size > 20) return;
    told.add(what + host);
    parent.postMessage({ h5p: "blocked", what, host }, "*");
  };
  const PLAYERS = /(^|\.)(youtube(-nocookie)?|vimeo|panopto|echo360|kaltura)\.[a-z.]+$/; // they come as scripts
  const KINDS = { "media-src": "media", "img-src": "media", "frame-src": "frame" };
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    const kind = KINDS[effectiveDirective];
    if (kind) blocked(kind, blockedURI);
    else if (/^script-src/.test(effectiveDirective) && PLAYERS.test(blockedURI.split("/")[2] ?? "")) {
      blocked("frame", blockedURI);
    }
  });
  const devices = navigator.mediaDevices;
  if (devices?.getUserMedia) {
    devices.getUserMedia = () => {
      blocked("microphone");
      return Promise.reject(new DOMException("not allowed", "NotAllowedError"));
    };
  }
  const speech = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (speech) {
    const { start } = speech.prototype;
    speech.prototype.start = function startAndTell() {
      blocked("microphone");
      return start.call(this);
    };
  }

  // No policy forbids WebRTC, which would send what is played here to anybody. So it is taken away, and with it the
  // frames in which a script would find it again: they come to life only after an observer has been asked.
  for (const name of Object.getOwnPropertyNames(window)) {
    if (/^(webkit|moz)?RTC/.test(name)) delete window[name];
  }
  const FRAMES = "iframe, frame, object, embed, fencedframe, portal";
  const take = (frame) => {
    if (/^https?:/.test(frame.src)) blocked("frame", frame.src);
    frame.remove();
  };
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.matches?.(FRAMES)) take(node);
        node.querySelectorAll?.(FRAMES).forEach(take);
      }
    }
  });
  const watch = (root) => observer.observe(root, { childList: true, subtree: true });
  watch(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachShadow(how) {
    const root = attach.call(this, { ...how, clonable: false });
    watch(root);
    return root;
  };
  for (const type of [Element.prototype, ShadowRoot.prototype, Document]) {
    for (const name of Object.getOwnPropertyNames(type)) {
      if (name.endsWith("HTMLUnsafe")) delete type[name]; // makes shadow roots that nobody can watch
    }
  }

  window.addEventListener("error", (event) => {
    if (/\/[0-9a-f]{20}\.js$/.test(event.filename ?? "") && !window.h5pReady) {
      parent.postMessage({ h5p: "broken" }, "*");
    }
  });
})();
