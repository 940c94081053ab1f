// Runs in the sandbox before the player. An opaque origin has no storage; libraries expect one, so they get one that
// forgets. A bundle that does not run is told to the page around, which asks for the scripts one by one.
(() => {
  window.H5PIntegration = JSON.parse(document.getElementById("integration").textContent);
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

  // No policy forbids WebRTC, which would send what is played here to anybody. So it is taken away, and with it the
  // frames in which a script would find it again: they come to life only after an observer has been asked.
  for (const name of Object.getOwnPropertyNames(window)) {
    if (/^(webkit|moz)?RTC/.test(name)) delete window[name];
  }
  const FRAMES = "iframe, frame, object, embed, fencedframe, portal";
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.matches?.(FRAMES)) node.remove();
        node.querySelectorAll?.(FRAMES).forEach((frame) => frame.remove());
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
