// Three small courtesies; every page works without them.
const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();

// <form data-warn-unsaved>: typed text is not lost by leaving the page unawares.
for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  let unsaved = Boolean(summary);
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}

// An open group of the menu covers a part of the page: it closes by Escape, and when a click or the focus goes elsewhere.
for (const kind of ["click", "focusin", "keydown"]) {
  document.addEventListener(kind, (event) => {
    const group = document.querySelector(".menu [name][open]");
    const inside = group && group.contains(event.target);
    if (!group || (kind === "keydown" ? event.key !== "Escape" : inside)) return;
    group.open = false;
    if (inside) group.querySelector("summary").focus();
  });
}
