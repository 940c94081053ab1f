// Nicer, never needed: things are put on a picture, or on a film at their time, by pointer and by arrow keys. The numbers beside
// them do the same, and without script they are all there is. What is written is what the library wants: per cent from left and top.

const STEP = 1; // per cent
const FAR = 5; // with Shift
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const figure = (input) => Number.parseFloat(input.value.replace(",", "."));
const within = (number) => Math.min(100, Math.max(0, Math.round(number * 10) / 10));

function write(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

class Placing {
  constructor(place) {
    this.place = place;
    this.stage = place.querySelector(".h5p-stage");
    this.says = place.querySelector("[role=status]");
    this.list = place.closest("fieldset");
    this.things = this.found();
    if (!this.things.length) return;
    this.furnish();
    this.things.forEach((thing) => this.pin(thing));
    this.last = this.things.find(({ x }) => !x.value) ?? this.things[0];
    this.stage.addEventListener("pointerdown", (event) => this.press(event));
    place.hidden = false;
  }

  // Each thing of this list, and none of a list inside it.
  found() {
    const path = this.place.dataset.placing.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const own = new RegExp(`^v/${path}/\\d+(/[^/]+)?/x$`);
    const things = [];
    for (const x of this.list.querySelectorAll("input[name$='/x']")) {
      const rest = x.name.slice(0, -1);
      const y = x.form.elements.namedItem(`${rest}y`);
      if (own.test(x.name) && y) things.push({ x, y, from: this.beginning(x) });
    }
    return things;
  }

  beginning(x) {
    const item = x.name.match(/^v\/.*\/\d+(?=\/)/)[0];
    return x.form.elements.namedItem(`${item}/duration/from`);
  }

  // The last picture or film before the list, among the fields around it.
  furnish() {
    const before = (one) => one.compareDocumentPosition(this.list) & Node.DOCUMENT_POSITION_FOLLOWING;
    const found = [...this.list.form.querySelectorAll("[data-stage-image], [data-stage-video]")].filter(
      before,
    );
    const films = found.filter((one) => one.dataset.stageVideo);
    const inFilm = this.things.some(({ from }) => from);
    const source = inFilm ? films.pop() : found.filter((one) => one.dataset.stageImage).pop();
    if (!source) return void (this.stage.dataset.empty = "yes");
    const shown = document.createElement(inFilm ? "video" : "img");
    if (inFilm) Object.assign(shown, { muted: true, preload: "metadata", playsInline: true });
    else shown.alt = "";
    shown.src = source.dataset.stageVideo ?? source.dataset.stageImage;
    shown.draggable = false;
    this.film = inFilm ? shown : null;
    this.stage.append(shown);
  }

  pin(thing) {
    const number = this.things.indexOf(thing) + 1;
    const pin = document.createElement("button");
    Object.assign(pin, { type: "button", textContent: String(number) });
    thing.pin = pin;
    thing.name = this.nameOf(thing, number);
    if (/,/.test(thing.x.value + thing.y.value))
      for (const one of [thing.x, thing.y]) one.dataset.comma = "yes";
    for (const input of [thing.x, thing.y]) input.addEventListener("input", () => this.show(thing));
    pin.addEventListener("focus", () => this.choose(thing));
    pin.addEventListener("keydown", (event) => this.key(thing, event));
    this.stage.append(pin);
    this.show(thing);
  }

  nameOf(thing, number) {
    let item = thing.x.closest("fieldset");
    while (item && item.parentElement.closest("fieldset") !== this.list)
      item = item.parentElement.closest("fieldset");
    const legend = item?.querySelector("legend")?.textContent ?? "";
    const title = legend.includes(":") ? legend.split(":").pop().trim() : "";
    return title ? `${number} (${title})` : String(number);
  }

  show(thing) {
    const [x, y] = [figure(thing.x), figure(thing.y)];
    const there = Number.isFinite(x) && Number.isFinite(y);
    thing.pin.toggleAttribute("data-nowhere", !there);
    thing.pin.style.left = `${within(there ? x : 50)}%`;
    thing.pin.style.top = `${within(there ? y : 50)}%`;
    const words = this.place.dataset.at
      .replace("NAME", () => thing.name)
      .replace("X", there ? this.written(x) : "–")
      .replace("Y", there ? this.written(y) : "–");
    thing.pin.setAttribute("aria-label", words);
    return words;
  }

  // As figures are written in the language of the page.
  written(number) {
    return String(within(number)).replace(".", this.place.dataset.half[1]);
  }

  choose(thing) {
    this.last = thing;
    if (!this.film || !thing.from) return;
    const [seconds, minutes = 0, hours = 0] = thing.from.value
      .replace(",", ".")
      .split(":")
      .map(Number)
      .reverse();
    const at = seconds + 60 * minutes + 3600 * hours;
    if (Number.isFinite(at)) this.film.currentTime = at;
  }

  move(thing, x, y) {
    write(thing.x, this.written(x));
    write(thing.y, this.written(y));
    clearTimeout(this.soon);
    this.soon = setTimeout(() => (this.says.textContent = this.show(thing)), 300);
  }

  key(thing, event) {
    const way = MOVES[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const step = event.shiftKey ? FAR : STEP;
    const at = [thing.x, thing.y].map(figure).map((number) => (Number.isFinite(number) ? number : 50));
    this.move(thing, at[0] + step * way[0], at[1] + step * way[1]);
  }

  // On a number: it is taken along. Beside all of them: the one that was chosen last comes here.
  press(event) {
    if (event.button !== 0) return;
    const thing = this.things.find(({ pin }) => pin === event.target) ?? this.last;
    const box = this.stage.getBoundingClientRect();
    const here = ({ clientX, clientY }) =>
      this.move(thing, (100 * (clientX - box.left)) / box.width, (100 * (clientY - box.top)) / box.height);
    event.preventDefault();
    thing.pin.focus({ preventScroll: true });
    this.stage.setPointerCapture(event.pointerId);
    if (thing.pin !== event.target) here(event);
    this.stage.addEventListener("pointermove", here);
    const end = () => this.stage.removeEventListener("pointermove", here);
    for (const over of ["pointerup", "pointercancel"]) this.stage.addEventListener(over, end, { once: true });
  }
}

for (const place of document.querySelectorAll("[data-placing]")) new Placing(place);
