// The desk of a lesson: it saves by itself, says truly what is saved, and shows who else is here.
import { newKey } from "../yunke/shell.js";

const QUIET = 1200; // ms after the last key before a save
const BEAT = 4000; // ms between two words that somebody is here

class LessonDesk extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#about");
    this.address = `/make/${this.dataset.lesson}`;
    this.place = "";
    addEventListener("focusin", (this.focused = (event) => (this.place = event.target.name ?? "")));
    this.addEventListener("talked", () => this.counted(null));
    if (this.form) this.watch();
    this.beat();
    this.beating = setInterval(() => this.beat(), BEAT);
    // Who comes back to this tab sees at once what happened meanwhile.
    document.addEventListener("visibilitychange", (this.back = () => this.beat()));
    this.seeing = setTimeout(() => this.seen(), 2500);
    document.addEventListener("htmx:afterSettle", (this.settled = (event) => {
      if (event.target.id === "talk" || event.detail?.elt?.id === "talk") setTimeout(() => this.seen(), 1500);
    }));
  }

  disconnectedCallback() {
    clearInterval(this.beating);
    clearTimeout(this.seeing);
    document.removeEventListener("visibilitychange", this.back);
    removeEventListener("focusin", this.focused);
    removeEventListener("beforeunload", this.leaving);
    document.removeEventListener("htmx:afterSettle", this.settled);
  }

  part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  // Saving

  watch() {
    this.before = this.written();
    const touched = () => this.touched();
    document.addEventListener("input", (event) => event.target.form === this.form && touched());
    document.addEventListener("change", (event) => event.target.form === this.form && touched());
    this.addEventListener("written", touched);
    this.form.addEventListener("submit", () => (this.submitting = true));
    addEventListener("online", () => this.state === "offline" && this.save());
    this.leaving = (event) => !this.submitting && this.state !== "saved" && event.preventDefault();
    addEventListener("beforeunload", this.leaving);
    this.say("saved");
  }

  written() {
    const data = new FormData(this.form);
    for (const own of ["once", "was", "csrfmiddlewaretoken"]) data.delete(own);
    return new URLSearchParams(data).toString();
  }

  touched() {
    if (this.state === "clash") return;
    if (this.written() === this.before) return this.say("saved");
    this.say("unsaved");
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), QUIET);
  }

  async save() {
    if (this.busy) return (this.again = true);
    const text = this.written();
    this.busy = true;
    this.say("saving");
    try {
      const answer = await fetch(this.address, {
        method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" }, redirect: "manual",
      });
      await this.answered(answer, text);
    } catch {
      this.say("offline");
      this.waiting = setTimeout(() => this.save(), 3000);
    }
    this.busy = false;
    if (this.again) {
      this.again = false;
      this.touched();
    }
  }

  async answered(answer, text) {
    if (answer.type === "opaqueredirect") return this.later("out", 5000);
    if (answer.status === 503) return this.later("offline", 3000);
    const told = [200, 409, 422].includes(answer.status) ? await answer.json() : { faults: [await answer.text()] };
    this.faults(told.faults ?? []);
    if (answer.status === 409 && told.clash) return this.clashed(told.clash);
    if (answer.status !== 200) return this.say("fault");
    this.form.elements.was.value = told.was;
    this.form.elements.once.value = newKey();
    this.dataset.number = told.number;
    const typing = this.written() !== text;
    this.merge(told.merged);
    this.before = typing ? text : this.written();
    this.part("title").textContent = this.form.elements.title.value;
    if (told.names.length) this.news(`${this.dataset.sayMerged}${told.names.join("、")}`, Object.values(told.merged).includes(null));
    typing ? this.touched() : this.say("saved");
  }

  later(state, ms) {
    this.say(state);
    this.waiting = setTimeout(() => this.save(), ms);
  }

  /** A colleague's words come into fields that I am not in. */
  merge(merged) {
    for (const [name, value] of Object.entries(merged)) {
      const field = this.form.elements[name];
      if (value === null || !field || field === document.activeElement) continue;
      if (name === "goals") this.querySelector("goal-rows").take(value);
      else field.value = value;
    }
  }

  clashed(names) {
    this.say("clash");
    this.part("clash").hidden = false;
    this.part("clash-names").textContent = names.join("、");
    this.form.elements.once.value = newKey();
  }

  faults(faults) {
    this.part("faults").hidden = !faults.length;
    this.part("why").replaceChildren(...faults.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  }

  say(state) {
    this.state = state;
    const mark = this.part("state");
    mark.dataset.state = state;
    mark.lastElementChild.textContent = this.dataset[`say${state[0].toUpperCase()}${state.slice(1)}`];
  }

  // Together

  async beat() {
    if (document.hidden) return;
    const body = new URLSearchParams({ place: this.place, csrfmiddlewaretoken: this.dataset.csrf });
    const answer = await fetch(`${this.address}/pulse`, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (answer?.status === 404) return location.assign("/make");
    if (!answer?.ok) return;
    const told = await answer.json();
    this.here(told.here);
    if (told.number > Number(this.dataset.number) && !told.mine) this.news(`${told.by} ${this.dataset.sayChanged} ${told.fields.join("、")}`, true);
    if (told.number > Number(this.dataset.number)) this.dataset.number = told.number;
    this.counted(told);
  }

  counted(told) {
    if (!told) return (this.mineTalked = true);
    const { comments, suggestions } = this.dataset;
    const more = told.comments !== Number(comments) || told.suggestions !== Number(suggestions);
    Object.assign(this.dataset, { comments: told.comments, suggestions: told.suggestions });
    if (!more || this.mineTalked) return (this.mineTalked = false);
    const talk = this.querySelector("#talk");
    const writing = [...talk.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value && field.value !== field.defaultValue);
    const fresh = talk.querySelector("[data-fresh]");
    if ((writing || talk.contains(document.activeElement)) && fresh) fresh.hidden = false;
    else talk.dispatchEvent(new Event("renew"));
  }

  here(people) {
    const line = this.part("here");
    line.replaceChildren(...people.map(({ id, name }) => {
      const badge = document.createElement("span");
      badge.className = `badge tone-${id % 6}`;
      badge.textContent = name.at(-1);
      return badge;
    }));
    if (!people.length) return;
    const words = document.createElement("span");
    words.className = "quiet";
    words.textContent = `${people.map(({ name, place }) => (place ? `${name}（${place}）` : name)).join("、")} ${this.dataset.sayHere}`;
    line.append(words);
  }

  news(text, fresh) {
    const note = this.part("news");
    note.hidden = false;
    note.querySelector("span").textContent = text;
    note.querySelector("a").hidden = !fresh;
  }

  /** What lies before one's eyes for a while is read. */
  seen() {
    const threads = [...this.querySelectorAll("[data-seen]")].map((thread) => thread.dataset.seen);
    if (!threads.length || document.hidden) return;
    const body = new URLSearchParams(threads.map((pair) => ["seen", pair]));
    body.set("csrfmiddlewaretoken", this.dataset.csrf);
    fetch(`${this.address}/talk/seen`, { method: "POST", body, headers: { "Idempotency-Key": newKey() } }).catch(() => 0);
  }
}
customElements.define("lesson-desk", LessonDesk);

// Goals as rows, each with its own place for talk; the text field underneath is what is sent.
class GoalRows extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    if (!this.field) return;
    this.list = this.querySelector("ol");
    this.more = this.querySelector("[data-more]");
    this.field.hidden = true;
    this.classList.add("ready");
    this.more.hidden = false;
    this.more.addEventListener("click", () => this.row("").focus());
    this.list.addEventListener("input", () => this.write());
    this.list.addEventListener("keydown", (event) => this.key(event));
  }

  inputs() {
    return [...this.list.querySelectorAll(".goal-text")];
  }

  row(text, after = this.list.lastElementChild) {
    const item = this.querySelector("template").content.firstElementChild.cloneNode(true);
    after ? after.after(item) : this.list.append(item);
    const input = item.querySelector(".goal-text");
    input.value = text;
    this.count();
    return input;
  }

  key(event) {
    const input = event.target.closest(".goal-text");
    if (!input || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.row("", input.closest("li")).focus();
    } else if (event.key === "Backspace" && !input.value && this.inputs().length > 1) {
      event.preventDefault();
      const item = input.closest("li");
      (item.previousElementSibling ?? item.nextElementSibling).querySelector(".goal-text").focus();
      item.remove();
      this.count();
      this.write();
    }
  }

  count() {
    this.list.querySelectorAll(".goal-number").forEach((mark, place) => (mark.textContent = place + 1));
  }

  write() {
    this.field.value = this.inputs().map((input) => input.value.replace(/\s*\n\s*/g, " ").trim()).filter(Boolean).join("\n");
    this.dispatchEvent(new Event("written", { bubbles: true }));
  }

  /** Another list came from the server: rows that stay keep their talk. */
  take(text) {
    const goals = text.split("\n").filter(Boolean);
    const rows = this.inputs();
    goals.forEach((goal, place) => (rows[place] ? (rows[place].value = goal) : this.row(goal)));
    rows.slice(goals.length).forEach((input) => input.closest("li").remove());
    this.field.value = text;
    this.count();
  }
}
customElements.define("goal-rows", GoalRows);
document.addEventListener("click", (event) => {
  const fresh = event.target.closest?.("[data-fresh]");
  if (fresh) fresh.closest("#talk").dispatchEvent(new Event("renew"));
});
