// A question with one or several right answers. Made of native form fields, so that it works with every keyboard and
// screen reader. Runs with H5P core API 1.24 and newer.
window.LernHN = window.LernHN || {};

window.LernHN.Quiz = (function () {
  "use strict";

  const { Content, make, plain, fill } = window.LernHN.Base;

  // What is said where a content brings no texts of its own. The same as in semantics.json.
  const WORDS = {
    check: "Check",
    retry: "Try again",
    solution: "Show the solution",
    several: "Several answers may be right.",
    choose: "Please choose an answer first.",
    answers: "Answers",
    right: "Right",
    wrong: "Wrong",
    missed: "This would have been right, too",
    score: "You have :points of :total points.",
  };
  const BETWEEN = "[,]"; // xAPI: between the parts of a response

  function Quiz(params, contentId, extras) {
    Content.call(this, params, contentId, extras, WORDS);
    this.untitled = params.question;
    this.answers = params.answers || [];
    this.several = params.mode === "multiple";
    this.behaviour = Object.assign({ retry: true, solution: false, shuffle: false }, params.behaviour);
    this.order = this.answers.map((answer, place) => place);
    if (this.behaviour.shuffle) H5P.shuffleArray(this.order);
    this.resume(this.extras.previousState || {});
  }

  Quiz.prototype = Object.create(Content.prototype);
  Quiz.prototype.constructor = Quiz;

  Quiz.prototype.resume = function (state) {
    const chosen = Array.isArray(state.chosen) ? state.chosen : [];
    this.chosen = this.order.filter((place) => chosen.includes(place));
    this.checked = Boolean(state.checked);
    this.solved = Boolean(state.solved);
  };

  // --- what is on the page ---

  Quiz.prototype.attach = function ($container) {
    this.options = this.order.map((place) => this.option(place));
    this.status = make("p", { class: "lernhn-quiz-status", role: "status", tabindex: "-1" });
    this.buttons = {
      check: make("button", { class: "lernhn-main" }, plain(this.words.check)),
      retry: make("button", { type: "button" }, plain(this.words.retry)),
      solution: make("button", { type: "button" }, plain(this.words.solution)),
    };
    this.buttons.retry.addEventListener("click", () => this.retry());
    this.buttons.solution.addEventListener("click", () => this.solve());
    this.put($container, "lernhn-quiz", this.form());
  };

  Quiz.prototype.form = function () {
    const form = make(
      "form",
      { novalidate: "" },
      ...this.fields(),
      this.status,
      make("div", { class: "lernhn-buttons" }, ...Object.values(this.buttons)),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
    });
    return form;
  };

  // A legend may hold words, but no paragraphs and lists: a longer question stands before the answers and names them.
  Quiz.prototype.fields = function () {
    const question = make("div", { id: this.id, class: "lernhn-quiz-question" });
    question.innerHTML = this.params.question || "";
    const several = this.several ? make("p", { id: this.id + "-note" }, plain(this.words.several)) : "";
    const note = this.several ? this.id + "-note" : null;
    const only = question.children.length === 1 && question.firstElementChild.matches("p") && question.firstElementChild;
    if (only || !question.children.length) {
      const legend = make("legend", { class: "lernhn-quiz-question" });
      legend.append(...(only || question).childNodes);
      return [make("fieldset", { "aria-describedby": note }, legend, several, ...this.options.map((one) => one.row))];
    }
    const legend = make("legend", {}, plain(this.words.answers));
    const described = [this.id, note].filter(Boolean).join(" ");
    const rows = this.options.map((one) => one.row);
    return [question, make("fieldset", { "aria-describedby": described }, legend, several, ...rows)];
  };

  Quiz.prototype.option = function (place) {
    const id = this.id + "-" + place;
    const type = this.several ? "checkbox" : "radio";
    const input = make("input", { id, type, name: this.id, value: place });
    const label = make("label", { for: id }, plain(this.answers[place].text));
    const verdict = make("p", { id: id + "-verdict", class: "lernhn-quiz-verdict", hidden: "" });
    input.addEventListener("change", () => this.choose());
    return { place, input, verdict, row: make("div", { class: "lernhn-quiz-answer" }, input, label, verdict) };
  };

  // Makes the page say what is known: after every change, and when somebody comes back.
  Quiz.prototype.show = function () {
    if (!this.options) return;
    this.options.forEach((option) => {
      const chosen = this.chosen.includes(option.place);
      option.input.checked = chosen;
      option.input.disabled = this.checked;
      this.showVerdict(option, this.verdict(option.place, chosen));
    });
    this.status.textContent = this.checked ? this.result() : "";
    const open = this.checked && this.getScore() < this.getMaxScore();
    this.buttons.check.hidden = this.checked;
    this.buttons.retry.hidden = !(open && this.behaviour.retry);
    this.buttons.solution.hidden = !(open && this.behaviour.solution && !this.solved);
  };

  Quiz.prototype.verdict = function (place, chosen) {
    const answer = this.answers[place];
    if (this.checked && chosen) return answer.correct ? "right" : "wrong";
    return this.solved && answer.correct ? "missed" : "";
  };

  Quiz.prototype.showVerdict = function (option, verdict) {
    const feedback = verdict && verdict !== "missed" ? this.answers[option.place].feedback : "";
    const said = verdict ? make("strong", {}, plain(this.words[verdict])) : "";
    option.verdict.hidden = !verdict;
    option.verdict.replaceChildren(said, feedback ? ": " + plain(feedback) : "");
    option.row.dataset.verdict = verdict;
    if (verdict) option.input.setAttribute("aria-describedby", option.verdict.id);
    else option.input.removeAttribute("aria-describedby");
  };

  Quiz.prototype.result = function () {
    const all = this.getScore() === this.getMaxScore();
    const points = fill(this.words.score, { points: this.getScore(), total: this.getMaxScore() });
    return [points, plain(all ? this.params.whenRight : this.params.whenWrong)].filter(Boolean).join(" ");
  };

  // --- what learners do ---

  Quiz.prototype.choose = function () {
    this.chosen = this.options.filter((option) => option.input.checked).map((option) => option.place);
    this.status.textContent = "";
    this.triggerXAPI("interacted");
  };

  Quiz.prototype.check = function () {
    if (this.checked) return;
    if (!this.chosen.length && this.right().length) {
      this.status.textContent = plain(this.words.choose);
      this.options[0].input.focus();
      return;
    }
    this.checked = true;
    this.show();
    this.focusNext();
    this.trigger(this.answered());
    this.trigger("resize");
  };

  Quiz.prototype.retry = function () {
    this.resetTask();
    this.options[0].input.focus();
  };

  Quiz.prototype.solve = function () {
    this.showSolutions();
    this.focusNext();
  };

  // The button that was pressed is gone: on to the next one, or to the result where there is none.
  Quiz.prototype.focusNext = function () {
    const next = Object.values(this.buttons).find((button) => !button.hidden);
    (next || this.status).focus();
  };

  // --- points ---

  Quiz.prototype.right = function () {
    return this.order.filter((place) => this.answers[place].correct).sort((one, other) => one - other);
  };

  Quiz.prototype.getScore = function () {
    const hits = this.chosen.filter((place) => this.answers[place].correct).length;
    if (!this.several) return hits;
    if (!this.right().length) return this.chosen.length ? 0 : 1;
    return Math.max(0, hits - (this.chosen.length - hits));
  };

  Quiz.prototype.getMaxScore = function () {
    return this.several ? Math.max(1, this.right().length) : 1;
  };

  // --- H5P's question contract ---

  Quiz.prototype.getAnswerGiven = function () {
    return this.checked || this.chosen.length > 0;
  };

  Quiz.prototype.showSolutions = function () {
    this.checked = true;
    this.solved = true;
    this.show();
    this.trigger("resize");
  };

  Quiz.prototype.resetTask = function () {
    this.resume({});
    this.show();
    this.trigger("resize");
  };

  Quiz.prototype.getCurrentState = function () {
    return { chosen: this.chosen.slice(), checked: this.checked, solved: this.solved };
  };

  Quiz.prototype.getXAPIData = function () {
    return { statement: this.answered().data.statement };
  };

  // --- xAPI ---

  Quiz.prototype.answered = function () {
    const event = this.createXAPIEventTemplate("answered");
    Object.assign(event.getVerifiedStatementValue(["object", "definition"]), this.definition());
    const points = this.getScore();
    event.setScoredResult(points, this.getMaxScore(), this, true, points === this.getMaxScore());
    event.data.statement.result.response = this.chosen.slice().sort((one, other) => one - other).join(BETWEEN);
    return event;
  };

  Quiz.prototype.definition = function () {
    const right = this.right();
    return {
      type: "http://adlnet.gov/expapi/activities/cmi.interaction",
      interactionType: "choice",
      description: { "en-US": words(this.params.question) },
      correctResponsesPattern: this.several ? [right.join(BETWEEN)] : right.map(String),
      choices: this.answers.map((answer, place) => ({
        id: String(place),
        description: { "en-US": plain(answer.text) },
      })),
    };
  };

  // --- small things ---

  function words(html) {
    const page = new DOMParser().parseFromString(html || "", "text/html");
    return page.body.textContent.trim();
  }

  return Quiz;
})();
