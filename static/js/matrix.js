// <form data-quick-fill>: Ctrl + Enter saves and opens the next person; every page works without.
for (const form of document.querySelectorAll("form[data-quick-fill]")) {
  const next = form.querySelector("button[name=berikutnya]");
  if (next) form.querySelector("[data-quick-hint]").hidden = false;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(next || undefined);
  });
}
