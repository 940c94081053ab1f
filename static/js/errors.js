// After a form came back with errors, their summary takes the focus.
document.getElementById("fehler")?.focus();
