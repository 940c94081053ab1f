// Anyone who types a password may see it. When the form is sent it is a password again, so that browsers offer to keep it.

for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.reveal));
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  field.spellcheck = false;
  field.autocapitalize = "none";
  button.addEventListener("click", () => show(button.getAttribute("aria-pressed") !== "true"));
  field.form?.addEventListener("submit", () => show(false));
  button.hidden = false;
}
