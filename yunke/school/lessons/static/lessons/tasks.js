// In-class tasks: the video stops at the task; an answer is kept, "later" is marked, nothing skips.
import { newKey, send } from "../yunke/shell.js";
import { answerFields, answerOf } from "./question.js";
import { thePlayer } from "./words.js";

class Tasks extends HTMLElement {
  async connectedCallback() {
    this.player = await thePlayer();
    this.dialog = this.querySelector("dialog");
    this.form = this.querySelector("form");
    this.result = this.querySelector(".task-result");
    this.buttons = Object.fromEntries([...this.querySelectorAll("[data-do]")].map((b) => [b.dataset.do, b]));
    this.later = new Set();
    if (!this.player) return;
    this.open = this.player.feed.tasks.filter((task) => !task.value);
    this.last = this.player.start || 0;
    this.player.addEventListener("tick", (event) => this.watch(event.detail));
    this.player.addEventListener("jumped", (event) => (this.last = event.detail));
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.handIn(); });
    this.buttons.later.addEventListener("click", () => this.putOff());
    this.buttons["go-on"].addEventListener("click", () => this.close());
    this.dialog.addEventListener("cancel", (event) => { event.preventDefault(); this.buttons.later.hidden ? this.close() : this.putOff(); });
    document.addEventListener("click", (event) => {
      const row = event.target.closest("[data-task]");
      const task = row && this.player.feed.tasks.find((t) => String(t.id) === row.dataset.task);
      if (task) { this.player.pause(); this.player.seek(task.at); this.show(task); }
    });
  }

  watch(now) {
    const due = this.player.playing && this.open.find((task) => !this.later.has(task.id) && task.at > this.last - 0.01 && task.at <= now);
    this.last = now;
    if (due) { this.player.pause(); this.show(due); }
  }

  show(task) {
    if (document.fullscreenElement) document.exitFullscreen();
    this.task = task;
    this.key = newKey();
    this.querySelector(".task-stem").textContent = task.stem;
    this.querySelector(".task-answer").replaceChildren(answerFields(task, "value"));
    this.result.hidden = true;
    this.stage("asking");
    if (task.value) this.tell(task);
    if (!this.dialog.open) this.dialog.showModal();
  }

  stage(name) {
    const asking = name === "asking";
    this.buttons["hand-in"].hidden = this.buttons.later.hidden = !asking;
    this.buttons["go-on"].hidden = asking;
  }

  async handIn() {
    const value = answerOf(this.form, "value");
    if (!value) return this.notice("wait", this.dataset.empty);
    this.buttons["hand-in"].disabled = true;
    try {
      const reply = await send("/front/answers", { lesson: Number(this.dataset.lesson), answers: [{ task: this.task.id, value }] }, this.key, 3);
      const [told] = reply.answers;
      const english = document.documentElement.lang === "en";
      Object.assign(this.task, { value, right: told.right, reasoning: (english && told.reasoning_en) || told.reasoning, key: told.key });
      this.open = this.open.filter((task) => task.id !== this.task.id);
      this.tell(this.task, reply.receipt);
      this.mark(this.task, told.right ? "good" : "info", told.right ? this.dataset.good : told.right === null ? this.dataset.handed : this.dataset.think);
    } catch (trouble) {
      this.notice("wrong", trouble.final ? trouble.message : this.dataset.lost);
    } finally {
      this.buttons["hand-in"].disabled = false;
    }
  }

  tell(task, receipt = "") {
    const lines = [task.right ? this.dataset.good : task.right === null ? this.dataset.handed : this.dataset.think];
    if (task.right === false && task.key?.length) lines.push(`${this.dataset.key}：${task.key.join(" / ")}`);
    if (task.reasoning) lines.push(task.reasoning);
    if (receipt) lines.push(`${this.dataset.receipt} ${receipt}`);
    this.notice(task.right ? "good" : "info", lines.join("\n"));
    for (const input of this.querySelectorAll(".task-answer input")) {
      input.disabled = true;
      input.closest(".task-option")?.toggleAttribute("data-right", Boolean(task.key?.includes(input.value)));
    }
    this.stage("told");
    this.buttons["go-on"].focus();
  }

  notice(kind, text) {
    this.result.className = `task-result notice ${kind}`;
    this.result.textContent = text;
    this.result.hidden = false;
  }

  putOff() {
    this.later.add(this.task.id);
    this.mark(this.task, "wait", this.dataset.later);
    this.close();
  }

  close() {
    this.dialog.close();
    this.player.play();
  }

  mark(task, kind, text) {
    const chip = document.querySelector(`[data-task="${task.id}"] [data-state]`);
    if (chip) { chip.className = `chip ${kind}`; chip.textContent = text; }
  }
}

customElements.define("yunke-tasks", Tasks);
