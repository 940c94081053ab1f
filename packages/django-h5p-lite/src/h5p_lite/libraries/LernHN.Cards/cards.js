// Terms that open to show their explanation. Made of <details>, which browsers already open with every kind of input.
// Runs with H5P core API 1.24 and newer.
window.LernHN = window.LernHN || {};

window.LernHN.Cards = (function () {
  "use strict";

  const { Content, make, plain, fill } = window.LernHN.Base;

  // What is said where a content brings no texts of its own. The same as in semantics.json.
  const WORDS = {
    progress: "You have opened :number of :total cards.",
    finished: "You have opened all cards.",
    opened: "opened",
  };

  function Cards(params, contentId, extras) {
    Content.call(this, params, contentId, extras, WORDS);
    this.cards = params.cards || [];
    this.resume(this.extras.previousState || {});
  }

  Cards.prototype = Object.create(Content.prototype);
  Cards.prototype.constructor = Cards;

  Cards.prototype.resume = function (state) {
    const opened = Array.isArray(state.opened) ? state.opened : [];
    this.opened = this.cards.map((card, place) => place).filter((place) => opened.includes(place));
  };

  // --- what is on the page ---

  Cards.prototype.attach = function ($container) {
    this.status = make("p", { class: "lernhn-cards-status", role: "status" });
    this.items = this.cards.map((card, place) => this.item(card, place));
    this.put($container, "lernhn-cards", ...this.intro(), ...this.items, this.status);
  };

  Cards.prototype.intro = function () {
    if (!this.params.intro) return [];
    const intro = make("div", { class: "lernhn-cards-intro" });
    intro.innerHTML = this.params.intro;
    return [intro];
  };

  Cards.prototype.item = function (card, place) {
    const mark = make("span", { class: "lernhn-cards-mark" });
    const summary = make("summary", {}, make("span", {}, plain(card.term)), " ", mark);
    const text = make("div", { class: "lernhn-cards-text" });
    text.innerHTML = card.text || "";
    const item = make("details", {}, summary, ...this.image(card), text);
    // Opened and closed again at once is opened, too: `toggle` does not tell that. It tells when a search opens a card.
    summary.addEventListener("click", () => item.open || this.open(place));
    item.addEventListener("toggle", () => {
      if (item.open) this.open(place);
      this.trigger("resize");
    });
    return item;
  };

  Cards.prototype.image = function (card) {
    if (!card.image || !card.image.path) return [];
    const image = make("img", { src: H5P.getPath(card.image.path, this.contentId), alt: plain(card.alt) });
    if (card.image.width) image.width = card.image.width;
    if (card.image.height) image.height = card.image.height;
    image.addEventListener("load", () => this.trigger("resize"));
    return [image];
  };

  Cards.prototype.show = function () {
    if (!this.items) return;
    this.items.forEach((item, place) => {
      const opened = this.opened.includes(place);
      item.querySelector(".lernhn-cards-mark").textContent = opened ? plain(this.words.opened) : "";
    });
    this.status.textContent = this.finished() ? plain(this.words.finished) : this.progress();
  };

  Cards.prototype.progress = function () {
    return fill(this.words.progress, { number: this.opened.length, total: this.cards.length });
  };

  // --- what learners do ---

  Cards.prototype.open = function (place) {
    if (this.opened.includes(place)) return;
    this.opened.push(place);
    this.show();
    this.triggerXAPI("interacted");
    if (this.finished()) this.trigger(this.completed());
  };

  Cards.prototype.finished = function () {
    return this.opened.length === this.cards.length;
  };

  // --- H5P's question contract; there are no points ---

  Cards.prototype.getScore = Cards.prototype.getMaxScore = function () {
    return 0;
  };

  Cards.prototype.getAnswerGiven = function () {
    return this.finished();
  };

  Cards.prototype.showSolutions = function () {
    if (this.items) this.items.forEach((item) => (item.open = true));
  };

  Cards.prototype.resetTask = function () {
    this.resume({});
    if (this.items) this.items.forEach((item) => (item.open = false));
    this.show();
  };

  Cards.prototype.getCurrentState = function () {
    return { opened: this.opened.slice() };
  };

  Cards.prototype.getXAPIData = function () {
    return { statement: this.completed().data.statement };
  };

  // --- xAPI ---

  Cards.prototype.completed = function () {
    const event = this.createXAPIEventTemplate("completed");
    event.setScoredResult(undefined, undefined, this, this.finished());
    return event;
  };

  return Cards;
})();
