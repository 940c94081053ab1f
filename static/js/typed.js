// What was typed before a script was there sent it no event: the form is looked at as it stands.

/**
 * Whether somebody changed the form since it came. What a browser fills in by itself counts, too: such a form says
 * autocomplete="off".
 * @param {HTMLFormElement} form
 */
export const isTyped = (form) => [...form.elements].some(differs);

/** @param {Element} field */
function differs(field) {
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (field instanceof HTMLSelectElement) {
    const came = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(came, 0);
  }
  if (!(field instanceof HTMLInputElement) || field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}
