// Nicer, never needed: fields that only count under a condition are shown when it holds. Without script they all stand
// there, with the condition in words. What is hidden is sent all the same, so that nothing gets lost.

function sent(form, name) {
  const control = [...form.elements].filter((one) => one.name === name && one.type !== "hidden").pop();
  if (!control) return null; // on another page
  return control.type === "checkbox" && !control.checked ? "" : control.value;
}

function holds(form, { every, rules }) {
  const answers = rules.map(({ name, accepted }) => {
    const value = sent(form, name);
    return value === null || accepted.includes(value);
  });
  return every ? answers.every(Boolean) : answers.some(Boolean);
}

function update(form) {
  for (const field of form.querySelectorAll("[data-when]")) {
    // A field with an error stays in sight: the summary leads to it.
    const wrong = field.matches(".has-error") || field.querySelector(".has-error");
    field.hidden = !wrong && !holds(form, JSON.parse(field.dataset.when));
  }
}

for (const form of new Set(
  [...document.querySelectorAll("[data-when]")].map((field) => field.closest("form")),
)) {
  if (!form) continue;
  for (const words of form.querySelectorAll("[data-when-words]")) words.hidden = true;
  form.addEventListener("change", () => update(form));
  update(form);
}
