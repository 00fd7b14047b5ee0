// A warning two minutes before the session ends; "Tetap masuk" gives a sign of life. Every page works without it.
const warning = document.querySelector("[data-session-warning]");
if (warning) {
  const words = warning.querySelector("[data-session-words]");
  const idle = (Number(warning.dataset.idleSeconds) - 20) * 1000;
  const ahead = Math.min(120000, idle / 2);
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
  let timers = [];

  const start = () => {
    timers.forEach(clearTimeout);
    warning.hidden = true;
    words.textContent = "";
    timers = [
      setTimeout(() => {
        warning.hidden = false;
        words.textContent = "Sesi Anda berakhir dalam 2 menit karena tidak ada kegiatan.";
      }, idle - ahead),
      setTimeout(() => {
        words.textContent = "Sesi Anda sudah berakhir. Yang Anda ketik tidak hilang: kirim saja, lalu masuk lagi.";
        warning.querySelector("button").hidden = true;
      }, idle),
    ];
  };
  const alive = () => { start(); if (tabs) tabs.postMessage("alive"); };

  if (tabs) tabs.addEventListener("message", start);
  warning.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(warning.action, { method: "POST", body: new FormData(warning), redirect: "manual" });
      if (answer.status !== 204) throw new Error();
      alive();
    } catch {
      words.textContent = "Belum tersambung. Coba sekali lagi.";
    }
  });
  alive();
}
