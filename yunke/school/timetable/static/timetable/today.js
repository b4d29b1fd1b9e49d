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
      const done = new Set((day.plan ?? []).filter((stop) => stop.done).map((stop) => stop.broadcast));
      this.coming = (day.lessons ?? []).filter((lesson) => !done.has(lesson.broadcast));
      for (const [lesson, kept] of Object.entries(day.progress ?? {})) this.fill(lesson, kept.share ?? 0);
    } catch { /* no net: the page stays as it came */ }
  }

  fill(lesson, watched) {
    const bars = this.querySelectorAll(`.stop[data-lesson="${Number(lesson)}"] progress`);
    for (const bar of bars) {
      const share = Math.round(100 * watched);
      if (share > Number(bar.getAttribute("value"))) bar.setAttribute("value", share);
    }
  }

  remind() {
    const now = Date.now();
    for (const lesson of this.coming ?? []) {
      const begins = Date.parse(lesson.starts_at ?? "");
      if (lesson.reminded || !(begins > now && begins - now < SOON)) continue;
      lesson.reminded = true;
      const english = document.documentElement.lang === "en";
      say(`${this.dataset.soon}: ${(english && lesson.title_en) || lesson.title}`);
    }
  }
}

customElements.define("today-path", TodayPath);
