// The survey on a tablet. An answer is kept in the tablet with a key of its own and sent when there is a network; the
// server takes each key once, so sending twice does no harm. Without this script the same form is sent as a page.
const kiosk = document.querySelector("[data-kiosk]");
const send = kiosk.dataset.send;
const form = kiosk.querySelector("form");
const prefix = `kios:${send}:`;
const named = (kind) => Object.keys(localStorage).filter((name) => name.startsWith(`${prefix}${kind}:`));
const at = (name) => kiosk.querySelector(`[data-${name}]`);
const AT_ONCE = 20;
let busy = false;
let state = kiosk.dataset.state;

const show = () => {
  const waiting = named("antre").length;
  const refused = named("tolak").length;
  const words = [waiting ? `${waiting} jawaban tersimpan di tablet ini dan belum terkirim.` : "Semua jawaban sudah terkirim."];
  if (refused) words.push(`${refused} jawaban tidak dapat diterima dan tetap tersimpan. Panggil pengelola layanan.`);
  if (state === "offline") words.push("Sedang tanpa jaringan; jawaban dikirim begitu tersambung.");
  if (state === "revoked") words.push("Kios ini sudah dicabut. Jawabannya tetap tersimpan.");
  if (state === "closed") words.push("Layanan ini sedang tidak menerima jawaban.");
  if (state === "full") words.push("Batas jawaban hari ini tercapai; sisanya dikirim besok.");
  const status = at("status");
  if (status.textContent !== words.join(" ")) status.textContent = words.join(" ");
};

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// What the tablet believes the day in Ambon to be; the server corrects what cannot be right.
const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Jayapura" }).format(new Date());

const read = (names) => names.flatMap((name) => {
  try {
    const answer = JSON.parse(localStorage.getItem(name));
    return answer ? [answer] : [];
  } catch {
    localStorage.setItem(name.replace(":antre:", ":tolak:"), localStorage.getItem(name));
    localStorage.removeItem(name);
    return [];
  }
});

const settle = (told) => {
  for (const key of told.in || []) localStorage.removeItem(`${prefix}antre:${key}`);
  for (const key of Object.keys(told.refused || {})) {
    const kept = localStorage.getItem(`${prefix}antre:${key}`);
    if (kept) localStorage.setItem(`${prefix}tolak:${key}`, kept);
    localStorage.removeItem(`${prefix}antre:${key}`);
  }
  return (told.in || []).length + Object.keys(told.refused || {}).length;
};

const sync = async () => {
  if (busy) return;
  busy = true;
  try {
    for (let answers = read(named("antre").slice(0, AT_ONCE)); answers.length; answers = read(named("antre").slice(0, AT_ONCE))) {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), 20000);
      const answer = await fetch(send, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ answers }),
        credentials: "omit",
        signal: stop.signal,
      }).finally(() => clearTimeout(timer));
      const told = await answer.json();
      state = told.state;
      if (!settle(told) || !answer.ok) break;
    }
    if (state === "offline") state = "open";
  } catch {
    state = "offline";
  }
  busy = false;
  show();
};

if (form) {
  const thanks = at("thanks");
  const missing = at("missing");
  const stay = at("stay");
  const elements = kiosk.dataset.elements.split(" ");
  const profile = kiosk.dataset.profile.split(" ");
  let idle = [];

  // Nobody finds the answers of the one before him.
  const begin = () => {
    form.reset();
    thanks.hidden = missing.hidden = stay.hidden = true;
    kiosk.querySelectorAll(".wrong").forEach((field) => field.classList.remove("wrong"));
    form.hidden = false;
    idle.forEach(clearTimeout);
    scrollTo(0, 0);
  };
  const stir = () => {
    idle.forEach(clearTimeout);
    stay.hidden = true;
    idle = [setTimeout(() => { stay.hidden = false; }, 40000), setTimeout(begin, 60000)];
  };
  for (const kind of ["pointerdown", "keydown", "scroll", "change"]) addEventListener(kind, stir, { passive: true });
  addEventListener("pageshow", (event) => { if (event.persisted) begin(); });

  form.addEventListener("submit", (event) => {
    const open = elements.filter((name) => !form.elements[name].value);
    kiosk.querySelectorAll(".wrong").forEach((field) => field.classList.remove("wrong"));
    if (open.length) {
      event.preventDefault();
      missing.hidden = false;
      missing.querySelector("p").textContent = `Masih ada ${open.length} pertanyaan yang belum dijawab. Kami tandai untuk Anda.`;
      open.forEach((name) => document.getElementById(`div_id_${name}`).classList.add("wrong"));
      document.getElementById(`id_${open[0]}_0`).focus();
      return;
    }
    const key = newKey();
    const value = (names) => names.map((name) => [name, form.elements[name].value]).filter((pair) => pair[1]);
    try {
      localStorage.setItem(`${prefix}antre:${key}`, JSON.stringify({
        key,
        day: today(),
        answers: Object.fromEntries(value(elements).map(([name, digit]) => [name, Number(digit)])),
        profile: Object.fromEntries(value(profile)),
      }));
    } catch {
      return; // no room in the tablet: the form goes as a page
    }
    event.preventDefault();
    begin();
    form.hidden = true;
    thanks.hidden = false;
    thanks.focus();
    idle = [setTimeout(begin, 10000)];
    show();
    sync();
  });
  at("again").addEventListener("click", begin);
  at("go-on").addEventListener("click", stir);
  begin();
}

if ("serviceWorker" in navigator && form) {
  navigator.serviceWorker.register(kiosk.dataset.worker, { scope: new URL(location.href).pathname }).catch(() => {});
}
addEventListener("online", sync);
setInterval(sync, 30000);
show();
sync();
