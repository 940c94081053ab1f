// The device asked for a passkey said no, or nobody answered: say so on the page, where the console would be told only.
document.addEventListener("allauth.error", (event) => {
  const note = document.querySelector("[data-passkey-trouble]");
  if (!note) return;
  event.preventDefault();
  note.hidden = false;
  note.focus();
});
