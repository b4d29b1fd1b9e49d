/* The pupil's page says that it is there and hears when its end moves; a wait counts down. */

const EVERY = 30_000;

class Sitting extends HTMLElement {
  connectedCallback() {
    this.ends = this.dataset.ends || "";
    this.paused = this.hasAttribute("data-paused");
    // Not all at the same second: a school of two thousand started together.
    this.timer = setTimeout(() => this.pulse(), EVERY * (0.3 + 0.7 * Math.random()));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async pulse() {
    this.timer = setTimeout(() => this.pulse(), EVERY);
    const token = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];
    let told;
    try {
      const reply = await fetch(this.dataset.pulse, { method: "POST", headers: { "X-CSRFToken": token } });
      if (!reply.ok) return;
      told = await reply.json();
    } catch {
      return; // No line: the island below says so, and the next pulse comes by itself.
    }
    if (told.over) return;
    this.note("paused-note", told.paused);
    const moved = told.ends_at && this.ends && Math.abs(Date.parse(told.ends_at) - Date.parse(this.ends)) > 1500;
    if (moved || (this.paused && !told.paused)) this.moved(told.ends_at);
    this.paused = told.paused;
    if (told.ends_at) this.ends = told.ends_at;
  }

  moved(ends) {
    this.note("more-note", true);
    const clock = new Date(ends).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    this.querySelector("[data-more]").textContent = clock;
    document.querySelector("yunke-attempt")?.dispatchEvent(new CustomEvent("ends", { detail: { ends_at: ends } }));
  }

  note(name, shown) {
    this.querySelector(`[data-${name}]`).hidden = !shown;
  }
}

class Wait extends HTMLElement {
  connectedCallback() {
    // From the server's clock: the device's own may be an hour off.
    this.until = performance.now() + Date.parse(this.dataset.at) - Date.parse(this.dataset.now);
    this.left = this.querySelector("[data-left]");
    this.tick();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const seconds = Math.ceil((this.until - performance.now()) / 1000);
    if (seconds <= 0) {
      clearInterval(this.timer);
      setTimeout(() => location.reload(), 400 + 1500 * Math.random());
      return;
    }
    if (seconds > 24 * 3600) return;
    const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const two = (n) => String(n).padStart(2, "0");
    this.left.textContent = hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  }
}

customElements.define("exam-sitting", Sitting);
customElements.define("exam-wait", Wait);

// The guardian's page follows the child: begun, stopped, handed in. What is being typed stays.
const FOLLOW = 15000;

class ExamWatch extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.look(), FOLLOW);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async look() {
    if (document.hidden || this.typing()) return;
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const state = page.querySelector("exam-watch")?.dataset.state;
    if (state !== undefined && state !== this.dataset.state && !this.typing()) location.reload();
  }

  typing() {
    return [...document.querySelectorAll("main input, main textarea")].some(
      (field) => field.type !== "hidden" && (field.value !== field.defaultValue || field.checked !== field.defaultChecked));
  }
}

customElements.define("exam-watch", ExamWatch);
