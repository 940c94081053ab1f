// Nicer, never needed: arrows for ordering questions, htmx as soon as somebody touches a question
// (before that it would only be weight), and the focus on the feedback after an answer.

const article = document.querySelector("[data-htmx]");

function loadHtmx() {
  if (document.querySelector("script[data-htmx-script]")) return;
  const script = document.createElement("script");
  script.dataset.htmxScript = "";
  script.src = article.dataset.htmx;
  document.head.append(script);
}

if (article?.querySelector("[hx-post]")) {
  for (const event of ["focusin", "pointerdown"]) {
    article.addEventListener(event, loadHtmx, { once: true, passive: true });
  }
}

function number(list) {
  [...list.children].forEach((row, index) => {
    row.querySelector("select").value = String(index + 1);
    const [up, down] = row.querySelectorAll("[data-move]");
    up.disabled = index === 0;
    down.disabled = index === list.children.length - 1;
  });
}

// Words of the interface, for screen readers; the lesson around them may be in another language.
function hidden(tag, text) {
  const element = document.createElement(tag);
  element.className = "ls-sr";
  element.lang = document.documentElement.lang;
  element.textContent = text;
  return element;
}

function button(list, row, direction) {
  const name = row.lastElementChild.textContent.trim();
  const element = document.createElement("button");
  element.type = "button";
  element.dataset.move = direction;
  const icon = document.createElement("span");
  icon.className = `kern-icon kern-icon--arrow-${direction}`;
  icon.setAttribute("aria-hidden", "true");
  const word = hidden("span", `${direction === "up" ? list.dataset.up : list.dataset.down} `);
  const what = hidden("span", name);
  what.lang = row.closest("[lang]").lang;
  element.append(icon, word, what);
  element.addEventListener("click", () => move(list, row, direction, element));
  return element;
}

function move(list, row, direction, pressed) {
  if (direction === "up") row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  number(list);
  const position = [...list.children].indexOf(row) + 1;
  list.nextElementSibling.textContent = `${list.dataset.moved} ${position}`;
  const target = pressed.disabled ? row.querySelector("[data-move]:not(:disabled)") : pressed;
  target.focus();
}

function prepare(list) {
  if (list.dataset.ready) return;
  list.dataset.ready = "1";
  const said = hidden("p", "");
  said.setAttribute("role", "status");
  list.after(said);
  const chosen = (row) => Number(row.querySelector("select").value) || list.children.length + 1;
  [...list.children].sort((a, b) => chosen(a) - chosen(b)).forEach((row) => list.append(row));
  for (const row of list.children) {
    const moves = document.createElement("span");
    moves.className = "ls-order__move";
    moves.append(button(list, row, "up"), button(list, row, "down"));
    row.append(moves);
    row.querySelector("select").addEventListener("change", () => {
      [...list.children].sort((a, b) => chosen(a) - chosen(b)).forEach((item) => list.append(item));
      number(list);
    });
  }
  number(list);
}

const start = () => document.querySelectorAll("[data-order]").forEach(prepare);

document.addEventListener("htmx:after:swap", () => {
  start();
  const all = document.querySelectorAll("[data-feedback]:not([data-seen])");
  all.forEach((feedback) => { feedback.dataset.seen = "1"; });
  if (all.length) all[all.length - 1].focus();
});

document.querySelectorAll("[data-feedback]").forEach((feedback) => { feedback.dataset.seen = "1"; });
start();
