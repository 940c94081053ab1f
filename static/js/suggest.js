// Suggestions while typing: the search field becomes a combobox (ARIA 1.2, list autocomplete with manual selection). The
// form works without it, and Enter sends what was typed as long as nothing in the list is chosen.

const WAIT = 200; // ms without a further letter
const LETTERS = 2;

for (const input of document.querySelectorAll("input[data-suggest]")) combobox(input);

function combobox(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-list`;
  list.className = "ls-suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.name);
  list.hidden = true;
  const said = document.createElement("p");
  said.className = "ls-sr";
  said.setAttribute("role", "status");
  input.parentElement.append(list, said);
  for (const [name, value] of Object.entries({
    type: "text", // a search field is no combobox (ARIA in HTML)
    enterkeyhint: "search",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    input.setAttribute(name, value);
  }
  let timer = 0;
  let asked = "";

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(), WAIT);
  });
  input.addEventListener("keydown", (event) => press(event));
  input.addEventListener("blur", () => close());
  // The field keeps the focus, so that a click is not the end of the list before it is one.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) =>
    go(/** @type {Element} */ (event.target).closest("[role=option]")),
  );

  async function ask() {
    const typed = input.value.trim();
    asked = typed;
    if (typed.length < LETTERS) return close();
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
    const found = answer && answer.ok ? await answer.json() : [];
    if (asked === typed && document.activeElement === input) show(found);
  }

  function show(found) {
    list.replaceChildren(...found.map(option));
    open(found.length > 0);
    said.textContent = found.length ? `${found.length} ${input.dataset.many}` : input.dataset.none;
  }

  function option(each, index) {
    const row = document.createElement("li");
    row.id = `${list.id}-${index}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset.url = each.url;
    const text = document.createElement("span");
    text.textContent = each.text;
    if (each.lang) text.lang = each.lang;
    const kind = document.createElement("span");
    kind.className = "ls-muted ls-small";
    kind.textContent = ` ${each.kind}`;
    row.append(text, kind);
    return row;
  }

  function open(wanted) {
    list.hidden = !wanted;
    input.setAttribute("aria-expanded", String(wanted));
    choose(null);
  }

  function close() {
    clearTimeout(timer);
    asked = "";
    open(false);
    said.textContent = "";
  }

  function chosen() {
    return list.querySelector("[aria-selected=true]");
  }

  function choose(row) {
    chosen()?.setAttribute("aria-selected", "false");
    if (!row) return input.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", row.id);
  }

  function press(event) {
    const rows = [...list.children];
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first Escape closes the list, the next one empties the field
      close();
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      go(chosen());
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return void ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const place = rows.indexOf(chosen());
      const next = place < 0 && step < 0 ? rows.length - 1 : place + step;
      choose(rows[next] ?? null); // beyond the ends it is the field again
    }
  }

  function go(row) {
    if (row) window.location.assign(row.dataset.url);
  }
}
