// Can a keyboard do in a content what a mouse can? On pages that look at contents without a person, before the player:
// it listens who listens. `reach.walk()` goes through the content by Tab, arrows, Enter and Space, and says what only a
// mouse gets to.
(() => {
  const MOUSE = new Set(
    "click dblclick mousedown mouseup pointerdown pointerup touchstart dragstart".split(" "),
  );
  const KEYS = new Set(["keydown", "keyup", "keypress"]);
  const FOCUSABLE =
    "a[href], area[href], button, input, select, textarea, summary, audio[controls], video[controls], [contenteditable], [tabindex]";
  const NATIVE = "a[href], area[href], button, input, select, textarea, summary, label, audio, video, option";
  const ARROWS = { ArrowRight: 39, ArrowDown: 40 };
  const MOST_PRESSED = 25;
  const LONGEST_WALK = 30; // arrows in one direction
  const after = (ms) => new Promise((done) => setTimeout(done, ms));

  const heard = new Map(); // element -> the kinds of events it listens to
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function addEventListener(type, ...rest) {
    if (this instanceof Element && (MOUSE.has(type) || KEYS.has(type))) {
      if (!heard.has(this)) heard.set(this, new Set());
      heard.get(this).add(type);
    }
    return add.call(this, type, ...rest);
  };

  const box = () => document.querySelector(".h5p-content");
  const isSeen = (element) =>
    element.isConnected &&
    element.getClientRects().length > 0 &&
    getComputedStyle(element).visibility !== "hidden" &&
    getComputedStyle(element).pointerEvents !== "none" &&
    !element.closest("[inert], [aria-hidden='true']");
  const canTab = (element) => element.matches(FOCUSABLE) && element.tabIndex >= 0 && !element.disabled;

  // jQuery listens once for many: who is meant stands in its own list.
  function meant(element, types) {
    const known = window.H5P?.jQuery?._data?.(element, "events") ?? {};
    const found = new Set();
    for (const type of types) {
      const handlers = known[type] ?? [];
      if (!handlers.length || handlers.some(({ selector }) => !selector)) found.add(element);
      for (const { selector } of handlers) {
        if (selector)
          H5P.jQuery(element)
            .find(selector)
            .each((_, inner) => void found.add(inner));
      }
    }
    return found;
  }

  // What a mouse can press: what listens to it, what is made for it, what looks like it.
  function pressable() {
    const found = new Set(
      box().querySelectorAll("button, a[href], input, select, textarea, summary, [onclick]"),
    );
    for (const [element, types] of heard) {
      const mouse = [...types].filter((type) => MOUSE.has(type));
      if (mouse.length && box().contains(element)) meant(element, mouse).forEach((one) => found.add(one));
    }
    for (const element of box().querySelectorAll("*")) {
      const isHand = (one) => one && getComputedStyle(one).cursor === "pointer";
      if (isHand(element) && !isHand(element.parentElement)) found.add(element);
    }
    return [...found].filter((element) => isSeen(element) && !element.disabled && element !== box());
  }

  function press(element, key, code) {
    const how = { key, code: key, bubbles: true, cancelable: true };
    for (const type of ["keydown", "keyup"]) {
      const event = new KeyboardEvent(type, how);
      for (const name of ["keyCode", "which"]) Object.defineProperty(event, name, { value: code });
      element.dispatchEvent(event);
    }
  }

  const reached = new Set();
  const wanted = new Set();

  function gather() {
    pressable().forEach((element) => wanted.add(element));
    const stops = [...box().querySelectorAll(FOCUSABLE)].filter((one) => canTab(one) && isSeen(one));
    for (const stop of stops) {
      reached.add(stop);
      stop.labels?.forEach((label) => reached.add(label));
      if (!stop.matches("input, select, textarea, audio, video")) along(stop);
    }
    return stops;
  }

  // Where the arrows lead from a stop, in widgets that have one stop for many things (ARIA APG).
  function along(stop) {
    const look = watch(stop);
    for (const [key, code] of Object.entries(ARROWS)) {
      stop.focus({ preventScroll: true });
      let here = stop;
      for (let steps = 0; steps < LONGEST_WALK; steps++) {
        press(here, key, code);
        const named = document.getElementById(here.getAttribute?.("aria-activedescendant") ?? "");
        const next = named ?? document.activeElement;
        if (!next || next === document.body || reached.has(next)) break;
        reached.add(next);
        here = document.activeElement ?? stop;
      }
    }
    look();
  }

  // What answers a key: something changes in the content, or is drawn. To listen alone is not enough.
  const answers = new Set();
  const drawn = () => [...box().querySelectorAll("canvas")].map((canvas) => canvas.toDataURL()).join();

  // Watches from before the first key; what is called then says whether it answered.
  function watch(element) {
    const before = drawn();
    const watcher = new MutationObserver(() => answers.add(element));
    watcher.observe(box(), { attributes: true, childList: true, subtree: true, characterData: true });
    return () => {
      if (watcher.takeRecords().length || drawn() !== before) answers.add(element);
      watcher.disconnect();
    };
  }

  async function pressAll(element) {
    const look = watch(element);
    press(element, "Enter", 13);
    press(element, " ", 32);
    await after(60);
    look();
  }

  // As a person would: a native thing does what it does, others hear keys.
  async function use(element) {
    element.focus({ preventScroll: true });
    if (element.matches("a[href]:not([href^='#'])") || element.matches("audio, video")) return;
    if (element.matches("input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea")) {
      element.value = element.type === "number" ? "1" : "a";
      for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }));
    } else if (element.matches(NATIVE)) element.click();
    else await pressAll(element);
    await after(60);
  }

  // One kind of thing is named once: its tag and its first class.
  const kindOf = (element) =>
    `${element.localName}${element.classList.length ? `.${element.classList[0]}` : ""}`;
  // What is in a thing that is pressed by keys is pressed with it; what is around one is only a place to listen.
  const isReached = (element) =>
    [...reached].some(
      (one) => one === element || element.contains(one) || (one.contains(element) && takesKeys(one)),
    ) ||
    (element.matches("label") && reached.has(element.control));
  const takesKeys = (one) => one.matches(NATIVE) || answers.has(one);
  const hears = (element) => {
    for (let at = element; at && at !== document; at = at.parentElement) {
      if ([...(heard.get(at) ?? [])].some((type) => KEYS.has(type))) return true;
      if (at === box()) return false;
    }
    return false;
  };
  // Reached, and not to be pressed: no native thing, and nothing that listens to keys.
  const isDeaf = (element) => reached.has(element) && !element.matches(NATIVE) && !hears(element);

  async function walk() {
    const used = new Set();
    add.call(document, "submit", (event) => event.preventDefault(), true);
    gather();
    for (let next = true; next && used.size < MOST_PRESSED;) {
      next = [...reached].find((one) => !used.has(one) && one.isConnected && isSeen(one) && !one.disabled);
      if (!next) break;
      used.add(next);
      await use(next);
      gather();
    }
    const kinds = (elements) => [...new Set(elements.map(kindOf))].sort();
    const got = new Set([...wanted].filter(isReached).map(kindOf));
    const missed = [...wanted].filter((one) => !isReached(one) && !got.has(kindOf(one)));
    return {
      reached: reached.size,
      pressed: used.size,
      missed: kinds(missed),
      deaf: kinds([...wanted].filter(isDeaf)),
    };
  }

  window.reach = { walk };
})();
