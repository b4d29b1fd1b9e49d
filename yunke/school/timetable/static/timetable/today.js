// The day keeps itself fresh: what was watched on another device, pinyin as the child left it,
// and a word when the next lesson is about to begin. The page is whole without this.
import { say } from "../yunke/shell.js";

const SOON = 5 * 60_000;

class TodayPath extends HTMLElement {
  connectedCallback() {
    this.pinyin();
    if (!this.dataset.front) return;
    this.refresh = () => document.visibilityState === "visible" && this.read();
    document.addEventListener("visibilitychange", this.refresh);
    this.timer = setInterval(() => this.remind(), 30_000);
    this.read();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.refresh);
    clearInterval(this.timer);
  }

  pinyin() {
    const box = this.querySelector(".pinyin-switch");
    if (!box) return;
    try { box.checked = localStorage.getItem("yunke-pinyin") === "yes"; } catch { /* private mode */ }
    const show = () => {
      this.classList.toggle("with-pinyin", box.checked);
      try { localStorage.setItem("yunke-pinyin", box.checked ? "yes" : "no"); } catch { /* private mode */ }
    };
    box.addEventListener("change", show);
    show();
  }

  async read() {
    try {
      const answer = await fetch(this.dataset.front, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const day = await answer.json();
      this.stops = day.stops ?? [];
      for (const stop of this.stops) this.fill(stop.lesson_id, stop.watched ?? 0);
    } catch { /* no net: the page stays as it came */ }
  }

  fill(lesson, watched) {
    if (!lesson) return;
    const bars = this.querySelectorAll(`.stop[data-lesson="${Number(lesson)}"] progress`);
    for (const bar of bars) {
      const share = Math.round(100 * watched);
      if (share > Number(bar.getAttribute("value"))) bar.setAttribute("value", share);
    }
  }

  remind() {
    const now = Date.now();
    for (const stop of this.stops ?? []) {
      const begins = Date.parse(stop.starts_at ?? "");
      if (stop.done || stop.reminded || !(begins > now && begins - now < SOON)) continue;
      stop.reminded = true;
      const english = document.documentElement.lang === "en";
      say(`${this.dataset.soon}: ${(english && stop.title_en) || stop.title}`);
    }
  }
}

customElements.define("today-path", TodayPath);
