// What our content types have in common. It shows nothing by itself. Runs with H5P core API 1.24 and newer.
window.LernHN = window.LernHN || {};

window.LernHN.Base = (function () {
  "use strict";

  let count = 0;

  // A content as H5P begins one. `words`: what is said where it brings no texts of its own.
  // Functions with prototypes, no classes: core copies what it can list of a prototype, and the methods of a class it cannot.
  function Content(params, contentId, extras, words) {
    H5P.EventDispatcher.call(this);
    this.contentId = contentId;
    this.extras = extras || {};
    this.subContentId = this.extras.subContentId;
    this.params = params;
    this.words = Object.assign({}, words, params.l10n);
    this.id = "lernhn-" + (count += 1); // once on a page
  }

  Content.prototype = Object.create(H5P.EventDispatcher.prototype);
  Content.prototype.constructor = Content;

  // On the page for the first time, with the looks of all our types and those of `name`.
  Content.prototype.put = function ($container, name, ...children) {
    const root = $container.get ? $container.get(0) : $container;
    root.classList.add("lernhn", name);
    root.replaceChildren(...children);
    if (this.isRoot && this.isRoot()) this.setActivityStarted();
    this.show();
    this.trigger("resize");
  };

  // `untitled`: what stands for a title where its author gave none.
  Content.prototype.getTitle = function () {
    const metadata = this.extras.metadata || {};
    return H5P.createTitle(metadata.title || this.untitled || "");
  };

  // An attribute that is null is left out.
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    Object.keys(attributes).forEach((name) => {
      if (attributes[name] !== null) element.setAttribute(name, attributes[name]);
    });
    element.append(...children);
    return element;
  }

  // Texts without markup are stored with entities on every H5P platform.
  function plain(text) {
    const area = document.createElement("textarea");
    area.innerHTML = text || "";
    return area.value;
  }

  // `:name` in a text becomes the value of that name.
  function fill(text, values) {
    return plain(text).replace(/:(\w+)/g, (found, name) => (name in values ? values[name] : found));
  }

  return { Content, make, plain, fill };
})();
