// Questions and cards, one after the other, with a result at the end. Each part is a content of its own: this shows it,
// keeps its state and adds up its points. Runs with H5P core API 1.24 and newer.
window.LernHN = window.LernHN || {};

window.LernHN.Sequence = (function () {
  "use strict";

  const { Content, make, plain, fill } = window.LernHN.Base;

  // What is said where a content brings no texts of its own. The same as in semantics.json.
  const WORDS = {
    progress: "Part :number of :total",
    back: "Back",
    next: "Next",
    finish: "Finish",
    result: "Your result",
    score: "You have :points of :total points.",
    done: "You have worked through all parts.",
    points: ":points of :total points",
    retry: "Start again",
  };
  const PLACE = "http://id.tincanapi.com/extension/ending-point"; // how H5P's own sets say how far somebody came

  function Sequence(params, contentId, extras) {
    Content.call(this, params, contentId, extras, WORDS);
    const state = this.extras.previousState || {};
    const contents = (params.parts || []).filter((content) => content.library && content.params); // an author may leave gaps
    this.parts = contents.map((content, place) => this.part(content, place, state.parts || {}));
    this.parts = this.parts.filter((part) => part.instance);
    this.at = Math.min(Math.max(0, Math.trunc(state.at) || 0), this.parts.length);
  }

  Sequence.prototype = Object.create(Content.prototype);
  Sequence.prototype.constructor = Sequence;

  // `states`: of the parts, by their subContentId, or by their place where a part has none.
  Sequence.prototype.part = function (content, place, states) {
    const key = content.subContentId || String(place);
    const extras = { parent: this, previousState: states[key] };
    const instance = H5P.newRunnable(content, this.contentId, undefined, true, extras);
    if (instance) instance.on("resize", () => this.trigger("resize"));
    const title = plain((content.metadata || {}).title);
    return { key, title, instance, box: make("div", { class: "lernhn-sequence-part", hidden: "" }), shown: false };
  };

  // --- what is on the page ---

  Sequence.prototype.attach = function ($container) {
    this.heading = make("h2", { id: this.id, tabindex: "-1" });
    this.bar = make("progress", { max: this.parts.length, "aria-labelledby": this.id });
    this.intro = make("div", { class: "lernhn-sequence-intro" });
    this.intro.innerHTML = this.params.intro || "";
    this.result = make("div", { class: "lernhn-sequence-result" });
    this.buttons = { back: this.button("back", -1), next: this.button("next", 1), retry: this.button("retry", 0) };
    const boxes = this.parts.map((part) => part.box);
    const buttons = make("div", { class: "lernhn-buttons" }, ...Object.values(this.buttons));
    this.put($container, "lernhn-sequence", this.heading, this.bar, this.intro, ...boxes, this.result, buttons);
  };

  Sequence.prototype.button = function (word, step) {
    const button = make("button", { type: "button" }, plain(this.words[word]));
    button.addEventListener("click", () => (step ? this.go(this.at + step) : this.again()));
    return button;
  };

  Sequence.prototype.finished = function () {
    return this.at === this.parts.length;
  };

  Sequence.prototype.show = function () {
    if (!this.heading) return;
    this.parts.forEach((part, place) => {
      part.box.hidden = place !== this.at;
    });
    if (!this.finished()) this.showPart(this.parts[this.at]);
    this.showHeading();
    this.showResult();
    this.bar.value = this.at;
    this.intro.hidden = this.at > 0 || !this.params.intro;
    this.showButtons();
    this.trigger("resize");
  };

  // A part begins when it is seen, not when the page is opened.
  Sequence.prototype.showPart = function (part) {
    if (!part.shown) part.instance.attach(H5P.jQuery(part.box));
    part.shown = true;
    if (part.instance.setActivityStarted) part.instance.setActivityStarted();
    part.instance.trigger("resize");
  };

  Sequence.prototype.showHeading = function () {
    const part = this.parts[this.at];
    const number = fill(this.words.progress, { number: this.at + 1, total: this.parts.length });
    const title = part && part.title ? [" ", make("span", {}, part.title)] : [];
    const said = part ? [make("span", { class: "lernhn-sequence-number" }, number), ...title] : [plain(this.words.result)];
    this.heading.replaceChildren(...said);
  };

  Sequence.prototype.showResult = function () {
    this.result.hidden = !this.finished();
    const total = this.getMaxScore();
    const words = total ? fill(this.words.score, { points: this.getScore(), total }) : plain(this.words.done);
    const rows = this.parts.map((part, place) => make("li", {}, this.line(part, place)));
    this.result.replaceChildren(make("p", {}, words), ...(total ? [make("ul", {}, ...rows)] : []));
  };

  Sequence.prototype.line = function (part, place) {
    const name = part.title || fill(this.words.progress, { number: place + 1, total: this.parts.length });
    const total = points(part, "getMaxScore");
    return total ? name + ": " + fill(this.words.points, { points: points(part, "getScore"), total }) : name;
  };

  Sequence.prototype.showButtons = function () {
    const last = this.at === this.parts.length - 1;
    this.buttons.back.hidden = this.at === 0;
    this.buttons.next.hidden = this.finished();
    this.buttons.next.textContent = plain(last ? this.words.finish : this.words.next);
    this.buttons.retry.hidden = !this.finished() || this.params.retry === false;
  };

  // --- what learners do ---

  Sequence.prototype.go = function (place) {
    this.at = place;
    this.show();
    this.heading.focus();
    this.trigger(this.finished() ? this.completed() : this.progressed());
  };

  Sequence.prototype.again = function () {
    this.resetTask();
    this.heading.focus();
  };

  // --- H5P's question contract ---

  Sequence.prototype.getScore = function () {
    return this.parts.reduce((sum, part) => sum + points(part, "getScore"), 0);
  };

  Sequence.prototype.getMaxScore = function () {
    return this.parts.reduce((sum, part) => sum + points(part, "getMaxScore"), 0);
  };

  Sequence.prototype.getAnswerGiven = function () {
    return this.parts.some((part) => part.instance.getAnswerGiven && part.instance.getAnswerGiven());
  };

  Sequence.prototype.showSolutions = function () {
    this.parts.forEach((part) => part.instance.showSolutions && part.instance.showSolutions());
  };

  Sequence.prototype.resetTask = function () {
    this.parts.forEach((part) => part.instance.resetTask && part.instance.resetTask());
    this.at = 0;
    this.show();
  };

  Sequence.prototype.getCurrentState = function () {
    const parts = {};
    this.parts.forEach((part) => {
      if (part.instance.getCurrentState) parts[part.key] = part.instance.getCurrentState();
    });
    return { at: this.at, parts };
  };

  Sequence.prototype.getXAPIData = function () {
    const asked = this.parts.filter((part) => part.instance.getXAPIData);
    return {
      statement: this.completed().data.statement,
      children: asked.map((part) => part.instance.getXAPIData()),
    };
  };

  // --- xAPI ---

  Sequence.prototype.completed = function () {
    const event = this.createXAPIEventTemplate("completed");
    Object.assign(event.getVerifiedStatementValue(["object", "definition"]), {
      type: "http://adlnet.gov/expapi/activities/cmi.interaction",
      interactionType: "compound",
      description: { "en-US": "" },
    });
    const total = this.getMaxScore();
    const result = total ? [this.getScore(), total, this, true, this.getScore() === total] : [undefined, undefined, this, true];
    event.setScoredResult(...result);
    return event;
  };

  Sequence.prototype.progressed = function () {
    const event = this.createXAPIEventTemplate("progressed");
    event.data.statement.object.definition.extensions[PLACE] = this.at + 1;
    return event;
  };

  // --- small things ---

  function points(part, method) {
    return part.instance[method] ? part.instance[method]() : 0;
  }

  return Sequence;
})();
