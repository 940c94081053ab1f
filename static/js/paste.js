// What is pasted from Word, Writer or a page becomes what the field can hold: headings with their levels, lists, bold,
// italic, raised and lowered letters, links. What it cannot hold is named. Draftail takes its own form as it is, so the
// paste is let go and made anew in that form. Without this script pasting works as before.

const OWN = "data-draftjs-conductor-fragment";
const words = JSON.parse(document.querySelector("[data-paste-words]").dataset.pasteWords);
const HEADINGS = ["header-two", "header-three", "header-four"];
const BREAKS = new Set([
  "P",
  "DIV",
  "LI",
  "TR",
  "BLOCKQUOTE",
  "PRE",
  "SECTION",
  "ARTICLE",
  "DT",
  "DD",
  "TABLE",
  "UL",
  "OL",
]);
const NOTHING = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "XML", "DEL", "O:P"]);
const PICTURES = new Set(["IMG", "SVG", "V:SHAPE", "OBJECT", "VIDEO"]);
const PLAIN = /^(?:auto|inherit|initial|currentcolor|windowtext|black|#0{3,6}|rgb\(0, 0, 0\)|)$/i;

document.addEventListener(
  "paste",
  (event) => {
    const editor = /** @type {Element} */ (event.target).closest?.(".Draftail-Editor");
    const html = event.clipboardData?.getData("text/html");
    if (!editor || !html || html.includes(OWN)) return;
    const { raw, left } = read(new DOMParser().parseFromString(html, "text/html").body);
    if (!raw.blocks.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const before = editor.querySelectorAll("h2, h3, h4").length;
    const carried = new DataTransfer();
    const holder = document.createElement("div");
    holder.setAttribute(OWN, JSON.stringify(raw));
    carried.setData("text/html", holder.outerHTML);
    carried.setData("text/plain", raw.blocks.map((block) => block.text).join("\n"));
    event.target.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }),
    );
    // A field without headings drops them: that shows only afterwards.
    setTimeout(() => {
      const wanted = raw.blocks.filter((block) => HEADINGS.includes(block.type)).length;
      if (wanted && editor.querySelectorAll("h2, h3, h4").length === before) left.headings = wanted;
      say(editor, left);
    }, 50);
  },
  true,
);

// The body of a pasted document as Draft.js writes content down, and what it has that cannot be written so.
export function read(body) {
  const state = { blocks: [], entities: {}, left: {}, levels: new Set(), now: null };
  walk(body, { styles: [], link: null, list: null, depth: 0 }, state);
  close(state);
  levelHeadings(state);
  return { raw: { blocks: state.blocks, entityMap: state.entities }, left: state.left };
}

function walk(node, at, state) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) write(child.data, at, state);
    else if (child.nodeType === Node.ELEMENT_NODE) element(child, at, state);
  }
}

function element(node, at, state) {
  const name = node.tagName;
  const style = node.getAttribute("style") || "";
  if (NOTHING.has(name) || /mso-list:\s*ignore/i.test(style)) return;
  if (/mso-element:\s*(?:footnote|endnote)-list/i.test(style)) return;
  if (/mso-element:\s*comment-list/i.test(style)) return count(state, "comments");
  if (PICTURES.has(name)) return count(state, "pictures");
  if (isFootnote(node, style)) return count(state, "footnotes");
  if (name === "BR") return write(" ", at, state);
  if (name === "TABLE") count(state, "tables");
  if (name === "TD" || name === "TH") return cell(node, at, state);
  note(node, style, state);
  const inner = { ...at, styles: styled(node, style, at.styles), link: linked(node, at, state) };
  const kind = blockOf(node, style, at, state);
  if (!kind && !BREAKS.has(name)) return walk(node, inner, state);
  if (name === "UL" || name === "OL") {
    inner.depth = at.list ? at.depth + 1 : 0;
    inner.list = name;
  }
  // A list item holds its words in a paragraph of its own in Writer and on pages: that is no second block.
  const same = !kind && state.now && !state.now.text && at.list;
  if (!same) open(state, kind || { type: "unstyled", depth: 0 });
  walk(node, inner, state);
  if (!same) close(state);
}

function blockOf(node, style, at, state) {
  const heading = /^H([1-6])$/.exec(node.tagName);
  const level = heading ? Number(heading[1]) : /\bMsoTitle\b/.test(node.className) ? 0 : -1;
  if (level >= 0) {
    state.levels.add(level);
    return { type: "unstyled", depth: 0, level };
  }
  const inWord = /mso-list:\s*\S+\s+level(\d+)/i.exec(style);
  if (inWord) {
    const sign = node.querySelector('[style*="mso-list"]')?.textContent.trim() ?? "";
    const numbered = /^[\da-z]{1,4}[.)]/i.test(sign);
    return {
      type: numbered ? "ordered-list-item" : "unordered-list-item",
      depth: Math.min(Number(inWord[1]) - 1, 4),
    };
  }
  if (node.tagName !== "LI") return null;
  return {
    type: at.list === "OL" ? "ordered-list-item" : "unordered-list-item",
    depth: Math.min(at.depth, 4),
  };
}

function styled(node, style, before) {
  const found = new Set(before);
  const weight = /font-weight:\s*([\w]+)/i.exec(style)?.[1];
  if (/^(?:B|STRONG)$/.test(node.tagName) || weight) {
    const bold = weight ? weight === "bold" || Number(weight) >= 600 : true;
    if (bold) found.add("BOLD");
    else found.delete("BOLD");
  }
  if (/^(?:I|EM)$/.test(node.tagName) || /font-style:\s*italic/i.test(style)) found.add("ITALIC");
  if (node.tagName === "SUP" || /vertical-align:\s*super/i.test(style)) found.add("SUPERSCRIPT");
  if (node.tagName === "SUB" || /vertical-align:\s*sub\b/i.test(style)) found.add("SUBSCRIPT");
  return [...found];
}

function linked(node, at, state) {
  if (node.tagName !== "A" || !node.hasAttribute("href")) return at.link;
  const url = node.getAttribute("href");
  if (/^(?:https?:|mailto:|tel:)/i.test(url)) {
    const key = Object.keys(state.entities).length;
    state.entities[key] = { type: "LINK", mutability: "MUTABLE", data: { url } };
    return key;
  }
  count(state, "links");
  return null;
}

function isFootnote(node, style) {
  return (
    /mso-(?:footnote|endnote)-id/i.test(style) ||
    (node.tagName === "A" && /^#(?:_ftn|_edn|sdfootnote|sdendnote)/.test(node.getAttribute("href") || ""))
  );
}

function note(node, style, state) {
  const colour =
    /(?:^|;)\s*(?:color|background(?:-color)?):\s*([^;]*)/i.exec(style)?.[1] ??
    node.getAttribute("color") ??
    "";
  if (!PLAIN.test(colour.trim()) && !/transparent|white|#f{3,6}/i.test(colour)) state.left.colours = 1;
  if (node.tagName === "U" || /text-decoration:[^;]*underline/i.test(style))
    if (node.tagName !== "A") state.left.underlines = 1;
}

function cell(node, at, state) {
  if (state.now?.text) write(" | ", { ...at, styles: [], link: null }, state);
  const text = node.textContent.replace(/\s+/g, " ").trim();
  write(text, { ...at, styles: node.tagName === "TH" ? ["BOLD"] : [], link: null }, state);
}

function open(state, kind) {
  close(state);
  state.now = { text: "", inlineStyleRanges: [], entityRanges: [], ...kind };
}

function write(text, at, state) {
  const clean = text.replace(/[\s\u00a0]+/g, " ");
  if (!clean.trim() && !state.now?.text) return;
  state.now ??= { text: "", type: "unstyled", depth: 0, inlineStyleRanges: [], entityRanges: [] };
  const { now } = state;
  const added = !now.text || now.text.endsWith(" ") ? clean.trimStart() : clean;
  if (!added) return;
  const place = { offset: now.text.length, length: added.length };
  for (const style of at.styles) {
    // A heading is bold by itself.
    if (!(style === "BOLD" && "level" in now)) now.inlineStyleRanges.push({ ...place, style });
  }
  if (at.link !== null) now.entityRanges.push({ ...place, key: at.link });
  now.text += added;
}

function close(state) {
  const { now } = state;
  state.now = null;
  if (!now?.text.trim()) return;
  state.blocks.push({ key: Math.random().toString(36).slice(2, 7), data: {}, ...now });
}

// The highest level that occurs becomes heading 2: the title of the step is heading 1.
function levelHeadings(state) {
  const order = [...state.levels].sort((a, b) => a - b);
  for (const block of state.blocks) {
    if (!("level" in block)) continue;
    const rank = order.indexOf(block.level);
    if (rank >= HEADINGS.length) state.left.levels = 1;
    block.type = HEADINGS[Math.min(rank, HEADINGS.length - 1)];
    delete block.level;
  }
}

function count(state, what) {
  state.left[what] = (state.left[what] ?? 0) + 1;
}

function say(editor, left) {
  const field = editor.closest("[data-field]") ?? editor.parentElement;
  field.querySelector("[data-paste-said]")?.remove();
  const named = Object.entries(left).filter(([what]) => what !== "tables" && what !== "levels");
  const parts = named.map(([what, many]) =>
    words[many === 1 ? `${what}-1` : what].replace("%s", String(many)),
  );
  const sentences = [];
  if (parts.length) sentences.push(words.left.replace("%s", parts.join(", ")));
  if (left.tables) sentences.push(words.tables);
  if (left.levels) sentences.push(words.levels);
  if (!sentences.length) return;
  const said = document.createElement("div");
  said.className = "help-block help-info";
  said.dataset.pasteSaid = "";
  said.setAttribute("role", "status");
  editor.after(said);
  // A live region is read when it changes, not when it comes.
  setTimeout(() => said.append(sentences.join(" ")), 100);
}
