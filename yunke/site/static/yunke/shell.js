// The shell: toasts go away, menus close, every repeated write gets a key of its own.
const fade = (toast) => setTimeout(() => toast.remove(), 6000);
document.querySelectorAll(".toast").forEach(fade);
// Who has more ways than a phone is wide sees the present one.
document.querySelector(".ways [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

export function say(text, receipt = "") {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.append(text);
  if (receipt) {
    const code = document.createElement("span");
    code.className = "receipt";
    code.textContent = receipt;
    toast.append(code);
  }
  document.querySelector(".toasts")?.append(toast);
  fade(toast);
}

export const newKey = () =>
  globalThis.crypto?.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

/** POST a value as JSON to the front, under a key that stays the same over retries. */
export async function send(url, value, key = newKey(), tries = 6) {
  for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
    try {
      const answer = await fetch(url, {
        method: "POST", keepalive: true,
        headers: { "Content-Type": "application/json", "Idempotency-Key": key },
        body: JSON.stringify(value),
      });
      if (answer.ok) return await answer.json();
      if (answer.status < 500 && answer.status !== 429) throw Object.assign(new Error(await answer.text()), { final: true });
    } catch (trouble) {
      if (trouble.final || --tries <= 0) throw trouble;
    }
    await new Promise((go) => setTimeout(go, wait));
  }
}

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.drop[open]").forEach((drop) => {
    if (!drop.contains(event.target)) drop.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll("details.drop[open]").forEach((drop) => (drop.open = false));
});
// A form sent by htmx stays on the page: its next write is another write.
document.addEventListener("htmx:afterRequest", (event) => {
  const field = event.detail.successful && event.target.querySelector?.("input[name=once]");
  if (field) field.value = newKey();
});
// A second click on a button that is already sending does nothing new: same key, same receipt.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && !event.defaultPrevented) setTimeout(() => (button.disabled = true));
});
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
