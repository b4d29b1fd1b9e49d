// Watching together. The teacher's player leads; every other page follows the state that is pushed,
// and works out from its age where the film must be now.
import { newKey, say, send } from "../yunke/shell.js";
import { answerFields, answerOf } from "./question.js";
import { thePlayer } from "./words.js";

const DRIFT = 1.2; // seconds that a page may be off before it jumps
const BEAT = 15_000;

class Along extends HTMLElement {
  async connectedCallback() {
    this.number = this.dataset.along;
    this.url = `/front/along/${this.number}`;
    this.parts = Object.fromEntries([...this.querySelectorAll("[data-part]")].map((p) => [p.dataset.part, p]));
    this.player = await thePlayer();
    this.feed = this.player.feed;
    this.leads = this.feed.leads;
    this.version = 0;
    if (this.leads) this.lead();
    else this.follow();
    this.take(this.feed.along);
    if (!this.feed.along.ended) this.listen();
  }

  disconnectedCallback() {
    this.line?.close();
    clearInterval(this.beat);
    clearInterval(this.asking);
  }

  listen() {
    this.line = new EventSource(`${this.url}/events`);
    this.line.onmessage = (event) => this.take(JSON.parse(event.data));
    this.line.onopen = () => (this.parts.lost.hidden = true);
    this.line.onerror = () => {
      this.parts.lost.querySelector("span").textContent = this.dataset.lost;
      this.parts.lost.hidden = false;
    };
  }

  /** A new state: never step back to an older one. */
  take(state) {
    if (state.version <= this.version) return;
    this.version = state.version;
    this.state = state;
    this.since = performance.now();
    this.word(state.word);
    this.asked(state);
    if (state.ended) this.end();
    else if (!this.leads) this.catchUp();
    else if (this.asksNow && this.player.playing) this.player.pause();
  }

  get asksNow() { return Boolean(this.state.task || this.state.spoken); }

  word(text) {
    this.parts.word.hidden = !text;
    this.parts.word.querySelector("span").textContent = text;
  }

  asked(state) {
    const box = this.parts.asked;
    box.hidden = !this.asksNow;
    clearInterval(this.asking);
    if (box.hidden) { this.taskId = 0; return; }
    box.querySelector(".task-stem").textContent = state.task ? this.inLanguage(state.task, "stem") : state.spoken;
    if (this.leads) this.count();
    else if (this.feed.answer) this.ask(state.task);
    box.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  inLanguage(thing, name) {
    return (this.feed.language === "en" && thing[`${name}_en`]) || thing[name];
  }

  end() {
    this.parts.ended.hidden = false;
    this.line?.close();
    clearInterval(this.beat);
    this.player.removeAttribute("data-locked");
    this.player.pause();
    say(this.dataset.ended);
  }

  // ---- the teacher
  lead() {
    const video = this.player.video;
    for (const name of ["play", "pause", "seeked"]) video.addEventListener(name, () => this.drive());
    this.beat = setInterval(() => this.player.playing && this.drive(), BEAT);
    this.addEventListener("click", (event) => {
      const ask = event.target.closest("[data-ask]");
      if (ask) this.tell({ ask: true, task: Number(ask.dataset.ask) || 0 });
      if (event.target.closest("[data-end]")) this.tell({ end: true });
    });
    this.addEventListener("change", (event) => event.target.matches("[data-reveal]") && this.parts.bars.classList.toggle("reveal", event.target.checked));
    this.querySelectorAll("form[data-say]").forEach((form) => form.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = form.querySelector("input");
      this.tell({ [form.dataset.say]: field.value });
      if (form.dataset.say === "spoken") field.value = "";
    }));
  }

  drive() {
    clearTimeout(this.soon);
    if (this.state.ended) return;
    this.soon = setTimeout(() => this.tell({ position: Math.round(this.player.now * 100) / 100, playing: this.player.playing }), 120);
  }

  async tell(act) {
    try {
      this.take(await send(this.url, act, newKey(), 4));
    } catch (trouble) {
      say(trouble.message || this.dataset.lost);
    }
  }

  async count() {
    const look = async () => {
      const answer = await fetch(`/along/${this.number}/answers`);
      if (!answer.ok) return;
      const reveal = this.parts.bars.classList.contains("reveal");
      this.parts.bars.innerHTML = await answer.text();
      const box = this.parts.bars.querySelector("[data-reveal]");
      if (box) box.checked = reveal;
    };
    this.parts.bars.classList.remove("reveal");
    this.parts.bars.replaceChildren();
    if (!this.state.task) return;
    this.asking = setInterval(() => look().catch(() => {}), 2000);
    await look().catch(() => {});
  }

  // ---- the class
  follow() {
    this.player.setAttribute("data-locked", "");
    this.player.addEventListener("asked-to-play", () => this.catchUp());
    // A slow phone that fell behind catches up without waiting for the teacher's next act.
    this.beat = setInterval(() => this.catchUp(), 4000);
  }

  catchUp() {
    if (this.state.ended) return;
    const { player, state } = this;
    const passed = (performance.now() - this.since) / 1000;
    const target = state.playing ? state.position + state.age + passed : state.position;
    if (Math.abs(player.now - target) > (state.playing ? DRIFT : 0.3)) player.seek(target);
    if (state.playing && target < player.length) player.playing || player.play();
    else player.pause();
  }

  ask(task) {
    const form = this.parts.asked.querySelector("form");
    this.parts.aloud.hidden = Boolean(task);
    form.hidden = !task;
    if (!task || task.id === this.taskId) return;
    this.taskId = task.id;
    this.key = newKey();
    const shown = { ...task, stem: this.inLanguage(task, "stem"), options: task.options.map((o) => ({ id: o.id, text: this.inLanguage(o, "text") })) };
    form.querySelector(".task-answer").replaceChildren(answerFields(shown, "value"));
    form.querySelector(".task-result").hidden = true;
    form.querySelector("button").hidden = false;
    form.onsubmit = (event) => { event.preventDefault(); this.answer(form); };
  }

  async answer(form) {
    const value = answerOf(form, "value");
    const line = form.querySelector(".task-result");
    const show = (kind, text) => { line.className = `task-result notice ${kind}`; line.textContent = text; line.hidden = false; };
    if (!value) return show("wait", this.dataset.empty);
    try {
      const reply = await send("/front/answers", { lesson: this.feed.lesson, answers: [{ task: this.taskId, value }] }, this.key, 3);
      const [told] = reply.answers;
      const words = [told.right ? this.dataset.good : told.right === null ? this.dataset.handed : this.dataset.think, `${this.dataset.receipt} ${reply.receipt}`];
      show(told.right ? "good" : "info", words.join("\n"));
      form.querySelector("button").hidden = true;
    } catch (trouble) {
      show("wrong", trouble.final ? trouble.message : this.dataset.notSent);
    }
  }
}

customElements.define("yunke-along", Along);
