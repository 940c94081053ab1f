// A field to write rich text into. What it holds goes to the server as it is: there it becomes what a lesson may hold.

/** @param {HTMLElement} field made ready: a hidden copy of its HTML becomes a place to write */
export function begin(field) {
  const source = /** @type {HTMLTemplateElement} */ (field.querySelector("template[data-html]"));
  if (!source) return;
  const label = field.querySelector("label");
  const place = document.createElement("div");
  place.className = "ls-write";
  place.contentEditable = "true";
  place.id = label.htmlFor;
  place.setAttribute("role", "textbox");
  place.setAttribute("aria-multiline", "true");
  label.id = `${label.htmlFor}-name`;
  place.setAttribute("aria-labelledby", label.id);
  place.append(source.content.cloneNode(true));
  if (!place.firstChild) place.innerHTML = "<p><br></p>";
  const store = Object.assign(document.createElement("input"), {
    type: "hidden",
    name: `${field.dataset.rich}-html`,
  });
  store.value = source.innerHTML;
  source.remove();
  const tools = field.querySelector("[data-tools]");
  tools.removeAttribute("hidden");
  field.append(place, store);
  label.addEventListener("click", () => place.focus());
  place.addEventListener("focus", () => document.execCommand("defaultParagraphSeparator", false, "p"));
  place.addEventListener("keydown", (event) => shortcut(event, place));
  place.addEventListener("paste", (event) => paste(event));
  tools.addEventListener("click", (event) => {
    const tool = /** @type {HTMLElement} */ (event.target).closest("button[data-tool]");
    if (tool) apply(place, tool.getAttribute("data-tool"));
  });
  tools
    .querySelector("select")
    .addEventListener("change", (event) => mark(place, /** @type {HTMLSelectElement} */ (event.target)));
  // A button takes the focus, and with it the choice of words: it is kept.
  place.addEventListener("blur", () => remember(place));
}

/** @param {HTMLFormElement} form before it is sent: the fields hold what was written */
export function taken(form) {
  form.querySelectorAll(".ls-write").forEach((place) => {
    const store = /** @type {HTMLInputElement} */ (place.parentElement.querySelector("input[name$='-html']"));
    store.value = place.innerHTML;
  });
}

/** @type {WeakMap<Element, Range>} */
const ranges = new WeakMap();

/** @param {HTMLElement} place */
function remember(place) {
  const chosen = getSelection();
  if (chosen.rangeCount && place.contains(chosen.anchorNode))
    ranges.set(place, chosen.getRangeAt(0).cloneRange());
}

/** @param {HTMLElement} place */
function back(place) {
  const range = ranges.get(place);
  place.focus();
  if (!range) return;
  const chosen = getSelection();
  chosen.removeAllRanges();
  chosen.addRange(range);
}

/** @param {HTMLElement} place @param {string} tool */
function apply(place, tool) {
  back(place);
  const inside = (/** @type {string} */ tag) => closest(place, tag);
  if (tool === "bold") document.execCommand("bold");
  if (tool === "h2" || tool === "h3") document.execCommand("formatBlock", false, inside(tool) ? "p" : tool);
  if (tool === "ul") document.execCommand("insertUnorderedList");
  if (tool === "ol") document.execCommand("insertOrderedList");
  if (tool === "link") link(place);
  place.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** @param {HTMLElement} place @param {string} tag */
function closest(place, tag) {
  const node = getSelection().anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  const found = element?.closest(tag);
  return found && place.contains(found) ? found : null;
}

/** @param {HTMLElement} place */
function link(place) {
  const old = closest(place, "a");
  const words = JSON.parse(document.getElementById("gesagt").textContent);
  const address = prompt(words.link, old?.getAttribute("href") ?? "https://");
  if (address === null) return;
  back(place);
  if (old) getSelection().selectAllChildren(old);
  document.execCommand("unlink");
  const address_ = address.trim();
  if (address_ && address_ !== "https://") {
    if (getSelection().isCollapsed) document.execCommand("insertText", false, address_);
    else document.execCommand("createLink", false, address_);
  }
}

/** @param {HTMLElement} place @param {HTMLSelectElement} choice */
function mark(place, choice) {
  const code = choice.value;
  back(place);
  const chosen = getSelection();
  if (chosen.rangeCount && !chosen.isCollapsed) {
    const range = chosen.getRangeAt(0);
    const span = document.createElement("span");
    if (code) {
      span.lang = code;
      span.dir = "auto";
    }
    span.append(range.extractContents());
    range.insertNode(span);
  }
  choice.value = "";
  place.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** @param {KeyboardEvent} event @param {HTMLElement} place */
function shortcut(event, place) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const tool = { b: "bold", k: "link" }[event.key];
  if (!tool) return;
  event.preventDefault();
  remember(place);
  apply(place, tool);
}

/** @param {ClipboardEvent} event headings, lists and links stay; looks and scripts do not */
function paste(event) {
  const html = event.clipboardData.getData("text/html");
  if (!html) return;
  event.preventDefault();
  const source = new DOMParser().parseFromString(html, "text/html").body;
  source
    .querySelectorAll("script, style, meta, link, img, svg, iframe, object")
    .forEach((one) => one.remove());
  for (const one of source.querySelectorAll("*")) {
    for (const { name } of [...one.attributes]) {
      if (!["href", "lang"].includes(name)) one.removeAttribute(name);
    }
  }
  document.execCommand("insertHTML", false, source.innerHTML);
}
