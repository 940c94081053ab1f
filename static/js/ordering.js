// Arrows for an ordering question; the lists it has without script stay.

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
  const name = row.querySelector("label + span").textContent.trim();
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

// What was said at a row is about the former answer.
function clear(list) {
  for (const said of list.querySelectorAll("[data-place]")) said.remove();
}

function move(list, row, direction, pressed) {
  if (direction === "up") row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  number(list);
  clear(list);
  row.querySelector("select").dispatchEvent(new Event("input", { bubbles: true })); // not sent yet
  const position = [...list.children].indexOf(row) + 1;
  list.nextElementSibling.textContent = `${list.dataset.moved} ${position}`;
  const target = pressed.disabled ? row.querySelector("[data-move]:not(:disabled)") : pressed;
  target.focus();
}

export function prepare(list) {
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
      clear(list);
    });
  }
  number(list);
}
