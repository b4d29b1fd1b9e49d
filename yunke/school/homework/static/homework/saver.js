// Saves of the desk: one after another for each paper, each under its own key until it is there.
import { newKey } from "../yunke/shell.js";

export class Saver {
  /** `tell(state, text)`: "saving", "saved", "unsaved" or "refused". */
  constructor(homework, csrf, tell) {
    Object.assign(this, { homework, csrf, tell });
    this.waiting = new Map();
    this.busy = new Set();
    addEventListener("beforeunload", (event) => this.waiting.size + this.busy.size && event.preventDefault());
  }

  /** Merge what changed on a paper into its next save. `marks`: {reply: mark}. */
  put(attempt, change, after = () => {}) {
    const held = this.waiting.get(attempt) ?? { marks: {}, after: [] };
    Object.assign(held.marks, change.marks ?? {});
    if ("word" in change) held.word = change.word;
    if ("ink" in change) held.ink = change.ink;
    held.after.push(after);
    this.waiting.set(attempt, held);
    clearTimeout(this.timer);
    this.tell("saving");
    this.timer = setTimeout(() => this.flush(), 350);
  }

  flush() {
    return Promise.all([...this.waiting.keys()].map((attempt) => this.send(attempt)));
  }

  /** Everything is at school. */
  async settled() {
    clearTimeout(this.timer);
    while (this.waiting.size || this.busy.size) {
      await this.flush();
      await new Promise((go) => setTimeout(go, 40));
    }
  }

  async send(attempt) {
    if (this.busy.has(attempt)) return;
    const held = this.waiting.get(attempt);
    if (!held) return;
    this.waiting.delete(attempt);
    this.busy.add(attempt);
    const body = JSON.stringify({ seq: Date.now(), marks: Object.values(held.marks), word: held.word, ink: held.ink });
    try {
      const answer = await this.post(`/homework/${this.homework}/mark/${attempt}/save`, body, newKey());
      for (const after of held.after) after(answer);
      this.tell(this.waiting.size ? "saving" : "saved");
    } catch (no) {
      this.tell("refused", no.message);
    } finally {
      this.busy.delete(attempt);
    }
    if (this.waiting.has(attempt)) await this.send(attempt);
  }

  async post(url, body, key) {
    for (let wait = 400; ; wait = Math.min(wait * 2, 8000)) {
      try {
        const answer = await fetch(url, {
          method: "POST", body,
          headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.csrf, "Idempotency-Key": key },
        });
        if (answer.ok) return await answer.json();
        if (answer.status < 500 && answer.status !== 429) throw Object.assign(new Error(await answer.text()), { final: true });
      } catch (trouble) {
        if (trouble.final) throw trouble;
      }
      this.tell("unsaved");
      await new Promise((go) => setTimeout(go, wait));
    }
  }
}
