// Nicer, never needed: buttons that write the few tags an author may use into a text box. Without script they are not there,
// and the tags are typed. What a button writes can be taken back by Ctrl+Z.

function write(box, start, end, text) {
  box.focus();
  box.setSelectionRange(start, end);
  // Old, and the only way that a browser's own undo knows of; where it is gone, the text is put in all the same.
  if (!document.execCommand?.("insertText", false, text)) {
    box.setRangeText(text, start, end, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function wrap(box, tag) {
  const { selectionStart: start, selectionEnd: end, value } = box;
  const [before, after] = [`<${tag}>`, `</${tag}>`];
  const chosen = value.slice(start, end);
  if (value.slice(0, start).endsWith(before) && value.slice(end).startsWith(after)) {
    write(box, start - before.length, end + after.length, chosen);
    box.setSelectionRange(start - before.length, end - before.length);
    return;
  }
  write(box, start, end, before + chosen + after);
  box.setSelectionRange(start + before.length, end + before.length);
}

// The address is chosen at once, to be typed over.
function link(box) {
  const { selectionStart: start, selectionEnd: end, value } = box;
  const address = "https://";
  write(box, start, end, `<a href="${address}">${value.slice(start, end)}</a>`);
  box.setSelectionRange(start + 9, start + 9 + address.length);
}

function list(box) {
  const { selectionStart, selectionEnd, value } = box;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const until = value.indexOf("\n", selectionEnd);
  const end = until < 0 ? value.length : until;
  const lines = value.slice(start, end).split("\n");
  const isList = lines.every((line) => line.startsWith("- "));
  const changed = lines.map((line) => (isList ? line.slice(2) : `- ${line}`)).join("\n");
  write(box, start, end, changed);
  box.setSelectionRange(start, start + changed.length);
}

for (const tools of document.querySelectorAll("[data-tools]")) {
  const box = document.getElementById(tools.dataset.tools);
  if (!box) continue;
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const tag = event.target.closest("button")?.dataset.tag;
    if (tag === "a") link(box);
    else if (tag === "ul") list(box);
    else if (tag) wrap(box, tag);
  });
}
