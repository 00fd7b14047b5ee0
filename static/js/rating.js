// The page on which one rates: it saves by itself, and answers to the keyboard. Everything works without it.
const form = document.querySelector("form[data-save-itself]");

if (form) {
  const status = form.querySelector(".save-bar [role=status]");
  const both = document.querySelector("[data-both]");
  let unsaved = false;
  let saving = null;
  let stopped = false;

  const say = (words) => { if (status && status.textContent !== words) status.textContent = words; };

  const save = async () => {
    if (!unsaved || stopped) return;
    unsaved = false;
    const data = new FormData(form);
    data.set("draf", "1");
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual",
      });
      const told = answer.ok || answer.status === 409 || answer.status === 422 ? await answer.json() : null;
      if (answer.ok) {
        form.elements.version.value = told.version;
        const suggested = document.querySelector("[data-suggested]");
        if (suggested && told.suggested) suggested.textContent = told.suggested;
        if (!unsaved) say(told.words);
      } else if (told && told.both) {
        // Somebody else wrote meanwhile: both texts are shown, and nothing is saved until the person decides.
        stopped = true;
        both.innerHTML = told.both;
        say("Belum tersimpan: diubah di jendela lain. Lihat bagian atas.");
      } else {
        unsaved = true;
        say(told && told.words ? `Belum tersimpan: ${told.words}` : "Belum tersimpan. Tekan “Simpan draf”, atau masuk lagi.");
      }
    } catch {
      unsaved = true;
      say("Belum tersimpan: sambungan terputus. Kami coba lagi.");
    }
  };
  const saveOnce = () => {
    const run = (saving || Promise.resolve()).then(save).finally(() => { if (saving === run) saving = null; });
    saving = run;
    return run;
  };

  form.addEventListener("input", () => { unsaved = true; if (!stopped) say("Ada isi yang belum tersimpan"); });
  form.addEventListener("change", saveOnce);
  setInterval(saveOnce, 30000);
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  form.addEventListener("submit", async (event) => {
    unsaved = false;
    if (!saving) return;
    // A save under way finishes first, so that the form speaks of the version it made.
    event.preventDefault();
    const button = event.submitter;
    await saving;
    saving = null;
    form.requestSubmit(button);
  });

  // Keys count only while a rating has the focus (WCAG 2.1.4): 1, 2, 3 choose, J and K go on and back.
  const groups = [...form.querySelectorAll("fieldset[data-rating]")];
  const go = (place) => {
    const group = groups[place];
    const target = group && (group.querySelector("input:checked") || group.querySelector("input"));
    if (target) { target.focus(); group.scrollIntoView({ block: "center" }); }
  };
  const hint = form.querySelector("[data-keys]");
  if (hint) hint.hidden = false;
  form.addEventListener("keydown", (event) => {
    const group = event.target.closest("fieldset[data-rating]");
    if (!group || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = groups.indexOf(group);
    const key = event.key.toLowerCase();
    if (["1", "2", "3"].includes(key)) {
      const choice = group.querySelectorAll("input[type=radio]")[Number(key) - 1];
      choice.checked = true;
      choice.focus();
      choice.dispatchEvent(new Event("input", { bubbles: true }));
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      go(place + 1);
    } else if (key === "j") { go(place + 1); } else if (key === "k") { go(place - 1); } else { return; }
    event.preventDefault();
  });
}
