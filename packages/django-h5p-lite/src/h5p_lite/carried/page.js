// In one HTML page: every file is in it. What a content asks for by its address is given from there.
window.h5pCarried = (() => {
  window.H5PIntegration = JSON.parse(document.getElementById("integration").textContent);
  // The core puts the host in front of an address without one.
  H5PIntegration.contents["cid-1"].contentUrl = new URL("content", location.href).href;
  const embedded = new Map();
  for (const one of document.querySelectorAll("script[data-file]")) embedded.set(one.dataset.file, one);
  const made = new Map();

  function bytes(text) {
    const raw = atob(text);
    const all = new Uint8Array(raw.length);
    for (let n = 0; n < raw.length; n++) all[n] = raw.charCodeAt(n);
    return all;
  }

  // An address below this page, of a file that is in it; any other one stays as it is.
  function own(address) {
    const path = String(address ?? "")
      .replace(new URL(".", location.href).href, "")
      .replace(/[?#].*$/, "");
    const file = embedded.get(path) ?? embedded.get(decoded(path));
    if (!file) return address;
    if (!made.has(path)) {
      const whole = new Blob([bytes(file.textContent)], { type: file.dataset.type });
      made.set(path, URL.createObjectURL(whole));
    }
    return made.get(path);
  }

  function decoded(path) {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }

  for (const [type, name] of [
    [HTMLImageElement, "src"],
    [HTMLMediaElement, "src"],
    [HTMLSourceElement, "src"],
    [HTMLTrackElement, "src"],
    [HTMLVideoElement, "poster"],
    [HTMLAnchorElement, "href"],
  ]) {
    const property = Object.getOwnPropertyDescriptor(type.prototype, name);
    Object.defineProperty(type.prototype, name, {
      ...property,
      set(value) {
        property.set.call(this, own(value));
      },
    });
  }
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function setOwn(name, value) {
    setAttribute.call(this, name, /^(src|href|poster)$/i.test(name) ? own(value) : value);
  };
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function openOwn(method, address, ...rest) {
    return open.call(this, method, own(address), ...rest);
  };
  // What came in as HTML.
  const mend = (node) => {
    for (const name of ["src", "href", "poster"]) {
      const said = node.getAttribute?.(name);
      if (said && own(said) !== said) setAttribute.call(node, name, own(said));
    }
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        mend(node);
        node.querySelectorAll?.("[src], [href], [poster]").forEach(mend);
      }
    }
  }).observe(document, { childList: true, subtree: true });

  function begin() {
    const { getPath } = H5P;
    H5P.getPath = (path, contentId) => own(getPath(path, contentId));
    // There is nobody to save anything.
    H5P.setUserData = () => {};
    H5P.getUserData = (contentId, name, done) => done(undefined, undefined);
  }
  return { begin };
})();
