// Two small courtesies; every page works without them.
const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();

// <form data-warn-unsaved>: typed text is not lost by leaving the page unawares.
for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  let unsaved = Boolean(summary);
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}
