// Reads the page aloud with the browser's own voices, from what is in sight on, and marks the sentence that is spoken.

const PACE = { 1: 1, 2: 0.75, 3: 1.3 };
const TEXT = "h1, h2, h3, h4, p, li, legend, label, dt, dd, th, td, figcaption";
const QUIET = "[hidden], [aria-hidden=true], .ls-noprint, .kern-btn, button, nav, template, select, .ls-line";
const marks = typeof Highlight === "function" && CSS.highlights ? CSS.highlights : null;

let button = null;
let queue = [];
let spoken = null;

export function toggle(pressed, pace) {
  button = pressed;
  if (button.getAttribute("aria-pressed") === "true") return stop();
  queue = sentences();
  if (!queue.length) return undefined;
  button.setAttribute("aria-pressed", "true");
  return next(PACE[pace] ?? 1);
}

function stop() {
  queue = [];
  speechSynthesis.cancel();
  mark(null);
  button.setAttribute("aria-pressed", "false");
}

function next(rate) {
  const sentence = queue.shift();
  if (!sentence) return stop();
  const voice = voiceFor(sentence.lang);
  if (!voice) return next(rate);
  const said = new SpeechSynthesisUtterance(sentence.text);
  Object.assign(said, { voice, lang: voice.lang, rate });
  said.addEventListener("end", () => {
    if (button.getAttribute("aria-pressed") === "true") next(rate);
  });
  said.addEventListener("error", ({ error }) => {
    if (error !== "canceled" && error !== "interrupted") stop();
  });
  mark(sentence);
  speechSynthesis.speak(said);
  return undefined;
}

function voiceFor(lang) {
  const voices = speechSynthesis.getVoices().filter((voice) => voice.lang.toLowerCase().startsWith(lang));
  return voices.find((voice) => voice.localService) ?? voices[0]; // what is read stays on the device where that can be
}

function mark(sentence) {
  spoken?.block.classList.remove("is-spoken");
  marks?.delete("vorlesen");
  spoken = sentence;
  if (!sentence) return;
  if (marks) marks.set("vorlesen", new Highlight(sentence.range));
  else sentence.block.classList.add("is-spoken");
  const box = sentence.range.getBoundingClientRect();
  const calm =
    "calm" in document.documentElement.dataset || matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (box.bottom > innerHeight - 60 || box.top < 0) {
    sentence.block.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  }
}

// Blocks without blocks in them, so that nothing is read twice; those above the window were read before.
function sentences() {
  const all = [...document.querySelectorAll("main")].flatMap((main) => [...main.querySelectorAll(TEXT)]);
  const blocks = all.filter(
    (block) => !block.closest(QUIET) && block.getClientRects().length && !block.querySelector(TEXT),
  );
  const ahead = blocks.filter((block) => block.getBoundingClientRect().bottom > 0);
  return (ahead.length ? ahead : blocks).flatMap(split);
}

function split(block) {
  const lang = (block.closest("[lang]")?.lang ?? "de").split("-")[0].toLowerCase();
  const nodes = textNodes(block);
  const text = nodes.map((node) => node.textContent).join("");
  return parts(text, lang)
    .filter(([from, to]) => /[\p{L}\p{N}]/u.test(text.slice(from, to)))
    .map(([from, to]) => ({ block, lang, text: text.slice(from, to).trim(), range: range(nodes, from, to) }));
}

function textNodes(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("[aria-hidden=true], script, style")
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

function parts(text, lang) {
  if (typeof Intl.Segmenter === "function") {
    const found = [...new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text)];
    return found.map(({ index, segment }) => [index, index + segment.length]);
  }
  return [...text.matchAll(/[^.!?]+[.!?]*\s*/g)].map((match) => [match.index, match.index + match[0].length]);
}

function range(nodes, from, to) {
  const found = document.createRange();
  let at = 0;
  for (const node of nodes) {
    const end = at + node.data.length;
    if (from >= at && from < end) found.setStart(node, from - at);
    if (to > at && to <= end) {
      found.setEnd(node, to - at);
      break;
    }
    at = end;
  }
  return found;
}

addEventListener("pagehide", () => speechSynthesis.cancel());
