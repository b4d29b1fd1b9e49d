// The marking desk: papers come without a new page, the next one before it is wanted; keys do all.
import "./record.js";
import { Pen } from "./pen.js";
import { Saver } from "./saver.js";

const TOOLS = { r: "red", b: "blue", t: "tick", x: "cross", h: "half", s: "star", f: "flower", a: "again" };
const fraction = (text) => {
  const [top, under = "1"] = text.split("/");
  return Number(top) / Number(under);
};

class HomeworkDesk extends HTMLElement {
  connectedCallback() {
    this.place = this.querySelector("[data-place]");
    this.fetched = new Map();
    this.undos = [];
    this.tool = "red";
    this.saver = new Saver(this.dataset.homework, this.dataset.csrf, (state, text) => this.tell(state, text));
    this.order = [...this.querySelectorAll("[data-open]")];
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("input", (event) => this.typed(event));
    this.addEventListener("change", (event) => event.target.closest("[data-cause]") && this.causes(event.target));
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.querySelector("[data-return]").addEventListener("submit", (event) => this.giveBack(event));
    this.begin();
  }

  tell(state, text = "") {
    const where = document.querySelector("[data-where]");
    where.textContent = { saving: this.dataset.saving, saved: this.dataset.saved, unsaved: this.dataset.unsaved }[state] ?? this.dataset.refused + text;
    where.dataset.state = state;
  }

  // -- papers --
  begin() {
    this.paper = this.place.querySelector(".paper");
    this.attempt = this.paper.dataset.attempt;
    this.fetched.set(this.attempt, this.paper);
    this.paper.ink ??= JSON.parse(this.paper.dataset.ink || "{}");
    this.replies = [...this.paper.querySelectorAll(".reply")];
    this.at = Math.max(0, this.replies.findIndex((one) => !one.dataset.score));
    if (!this.paper.pen) {
      const attempt = this.attempt;
      const ink = this.paper.ink;
      this.paper.pen = new Pen(this.paper, ink, () => this.tool, (undo) => {
        this.undos.push(() => { undo(); this.saver.put(attempt, { ink }); });
        this.saver.put(attempt, { ink });
      });
    }
    for (const reply of this.replies) this.shown(reply);
    this.focusReply(false);
    const number = this.order.findIndex((one) => one.dataset.open === this.attempt);
    this.order.forEach((one, n) => one.toggleAttribute("aria-current", n === number));
    this.order[number]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    document.querySelector("[data-at]").textContent = number + 1;
    for (const next of [number + 1, number - 1]) this.order[next] && this.fetch(this.order[next].dataset.open);
  }

  async fetch(attempt) {
    if (this.fetched.has(attempt)) return this.fetched.get(attempt);
    const coming = fetch(`/homework/${this.dataset.homework}/mark/${attempt}`).then(async (answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      const box = document.createElement("template");
      box.innerHTML = await answer.text();
      return box.content.querySelector(".paper");
    });
    this.fetched.set(attempt, coming);
    coming.catch(() => this.fetched.delete(attempt));
    return coming;
  }

  async open(attempt) {
    if (!attempt || attempt === this.attempt) return;
    try {
      this.place.replaceChildren(await this.fetch(attempt));
      this.undos = [];
      this.begin();
      history.replaceState(null, "", `?paper=${attempt}`);
      this.place.scrollIntoView({ block: "start" });
    } catch {
      this.tell("unsaved");
    }
  }

  step(by) {
    const now = this.order.findIndex((one) => one.dataset.open === this.attempt);
    this.open(this.order[now + by]?.dataset.open);
  }

  // -- marks --
  focusReply(move = true) {
    this.replies.forEach((one, n) => one.toggleAttribute("data-here", n === this.at));
    if (move) this.replies[this.at]?.scrollIntoView({ block: "nearest" });
  }

  mark(reply, score) {
    const before = { score: reply.dataset.score, causes: reply.dataset.causes, by: reply.dataset.by };
    if (before.score === score) return;
    this.undos.push(() => {
      reply.dataset.score = before.score;
      this.saver.put(this.attempt, { marks: { [reply.dataset.reply]: { reply: Number(reply.dataset.reply), score: null } } }, (told) => this.stands(told));
      this.shown(reply);
    });
    reply.dataset.score = score;
    reply.dataset.by = "me";
    this.keep(reply);
  }

  keep(reply) {
    if (!reply.dataset.score) return;
    const mark = { reply: Number(reply.dataset.reply), score: reply.dataset.score, causes: JSON.parse(reply.dataset.causes), note: reply.dataset.note };
    this.saver.put(this.attempt, { marks: { [mark.reply]: mark } }, (told) => this.stands(told));
    this.shown(reply);
  }

  /** What stands at school after a save: a mark that was taken back shows the one before it. */
  stands(told) {
    for (const [number, score] of Object.entries(told.marks)) {
      const reply = this.querySelector(`.reply[data-reply="${number}"]`);
      if (!reply || this.saver.waiting.get(this.attempt)?.marks[number]) continue;
      reply.dataset.score = score ?? "";
      this.shown(reply);
    }
  }

  shown(reply) {
    const score = reply.dataset.score;
    for (const button of reply.querySelectorAll("[data-points]")) {
      button.setAttribute("aria-pressed", String(Boolean(score) && fraction(button.dataset.points) === fraction(score)));
    }
    const by = reply.querySelector("[data-by]");
    if (!score) by.textContent = this.dataset.back;
    else if (reply.dataset.by === "me") by.textContent = this.dataset.byYou;
    by.classList.toggle("wait", !score);
    const all = this.replies.reduce((sum, one) => sum + fraction(one.dataset.outOf), 0);
    const sum = this.replies.reduce((total, one) => total + (one.dataset.score ? fraction(one.dataset.score) : 0), 0);
    this.paper.querySelector("[data-total]").textContent = `${Number(sum.toFixed(2))} / ${Number(all.toFixed(2))}`;
    const waits = this.replies.filter((one) => !one.dataset.score).length;
    const left = this.querySelector(`[data-open="${this.attempt}"] [data-left]`);
    left.classList.toggle("waits", waits > 0);
    left.textContent = waits || "✓";
  }

  confirm() {
    const reply = this.replies[this.at];
    if (!reply) return;
    this.mark(reply, reply.dataset.suggested || reply.dataset.outOf);
    this.next();
  }

  next() {
    const later = this.replies.findIndex((one, n) => n > this.at && !one.dataset.score);
    this.at = later >= 0 ? later : Math.min(this.at + 1, this.replies.length - 1);
    this.focusReply();
  }

  notch(by) {
    const reply = this.replies[this.at];
    const steps = [...reply.querySelectorAll("[data-points]")].map((one) => one.dataset.points);
    const now = reply.dataset.score ? steps.findIndex((one) => fraction(one) >= fraction(reply.dataset.score)) : by > 0 ? -1 : steps.length;
    const step = steps[Math.min(steps.length - 1, Math.max(0, now + by))];
    if (step !== undefined) this.mark(reply, step);
  }

  causes(box) {
    const reply = box.closest(".reply");
    reply.dataset.causes = JSON.stringify([...reply.querySelectorAll("[data-cause]:checked")].map((one) => one.dataset.cause));
    this.keep(reply);
  }

  // -- what the hands do --
  clicked(event) {
    const at = (name) => event.target.closest(`[data-${name}]`);
    const reply = event.target.closest(".reply");
    if (reply) {
      this.at = this.replies.indexOf(reply);
      this.focusReply(false);
    }
    if (at("open")) this.open(at("open").dataset.open);
    else if (at("points")) this.mark(reply, at("points").dataset.points);
    else if (at("confirm")) this.confirm();
    else if (at("tool")) this.take(at("tool").dataset.tool);
    else if (at("undo")) this.undo();
    else if (at("phrase")) this.say(at("phrase").dataset.phrase);
  }

  typed(event) {
    if (event.target.matches("[data-word]")) this.saver.put(this.attempt, { word: event.target.value });
    if (event.target.matches("[data-note-field]")) {
      const reply = event.target.closest(".reply");
      reply.dataset.note = event.target.value;
      this.keep(reply);
    }
  }

  take(tool) {
    this.tool = tool;
    for (const one of this.querySelectorAll("[data-tool]")) one.setAttribute("aria-pressed", String(one.dataset.tool === tool));
  }

  undo() {
    const undo = this.undos.pop();
    if (undo) undo();
    else this.tell("refused", this.dataset.nothing);
  }

  say(text) {
    const word = this.paper.querySelector("[data-word]");
    const before = word.value;
    const set = (value) => { word.value = value; this.saver.put(this.attempt, { word: value }); };
    this.undos.push(() => set(before));
    set((before ? `${before} ` : "") + text);
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const acts = {
      j: () => this.step(1), k: () => this.step(-1), z: () => this.undo(),
      ArrowDown: () => this.go(1), ArrowUp: () => this.go(-1),
      ".": () => this.notch(1), ",": () => this.notch(-1), 0: () => this.mark(this.replies[this.at], "0"),
      v: () => this.paper.querySelector("homework-recorder").toggle(),
    };
    if (!event.target.closest("button, summary, a")) acts.Enter = () => this.confirm();
    const phrase = /^[1-9]$/.test(key) && this.querySelectorAll("[data-phrase]")[Number(key) - 1];
    if (acts[key]) acts[key]();
    else if (phrase) this.say(phrase.dataset.phrase);
    else if (TOOLS[key]) this.take(TOOLS[key]);
    else return;
    event.preventDefault();
  }

  go(by) {
    this.at = Math.min(this.replies.length - 1, Math.max(0, this.at + by));
    this.focusReply();
  }

  async giveBack(event) {
    if (!this.saver.waiting.size && !this.saver.busy.size) return;
    event.preventDefault();
    event.stopPropagation();
    await this.saver.settled();
    event.target.submit();
  }
}
customElements.define("homework-desk", HomeworkDesk);
