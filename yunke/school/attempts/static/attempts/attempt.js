// <yunke-attempt>: a sheet of questions that saves itself and says truthfully where it is saved.
import { prepareQuestions, readAnswer, writeAnswer } from "../library/question.js";
import { Clock } from "./clock.js";
import { canSeal, Keys } from "./seal.js";
import { Sender } from "./sender.js";
import { keepSheet } from "./sheets.js";
import { Store } from "./store.js";
import { Photos } from "./photos.js";

class Attempt extends HTMLElement {
  async connectedCallback() {
    this.feed = JSON.parse(document.getElementById(this.dataset.feed).textContent);
    const asItCame = this.outerHTML, clock = new Clock(this.feed.now, this.feed.off);
    this.fields = new Map([...this.querySelectorAll("fieldset.question")].map((field) => [Number(field.dataset.question), field]));
    prepareQuestions(this);
    const keys = canSeal() ? await Keys.of(this.feed).catch(() => null) : null;
    const store = keys ? await Store.open().catch(() => null) : null;
    this.sender = new Sender(this.feed, this.dataset.url, keys, store, clock);
    this.notice("bare", !store && this.feed.state === "open");
    this.hold();
    for (const [question, value] of await this.sender.restore()) this.fill(question, value);
    this.sender.addEventListener("told", () => this.show());
    this.sender.addEventListener("newer", (event) => event.detail.forEach((one) => this.fill(one.question, one.value)));
    this.sender.addEventListener("submitted", () => this.finished());
    this.sender.addEventListener("open", () => location.reload());
    for (const name of ["input", "change"]) this.addEventListener(name, (event) => this.changed(event));
    this.form = this.querySelector("form[method=post]");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); event.stopImmediatePropagation(); this.askToHandIn(); });
    addEventListener("beforeunload", (event) => this.sender.where === "none" && event.preventDefault());
    document.addEventListener("carried", (event) => event.detail && this.notice("sealed", true));
    this.second = setInterval(() => this.left(), 500);
    this.photographs();
    this.sender.ask();
    this.show();
    this.left();
    this.dataset.ready = "";
    if (store && this.feed.state === "open") keepSheet(asItCame, this.feed, keys, store, clock).then(() => { this.dataset.kept = ""; }, () => {});
  }

  disconnectedCallback() {
    clearInterval(this.second);
    this.sender?.stop();
  }

  /** One window writes: the newest. The one before gives up its pen and says so. */
  hold() {
    const name = `yunke-attempt-${this.feed.slot}`;
    navigator.locks?.request(name, { steal: true }, () => new Promise(() => {})).catch(() => {
      this.sender.leave();
      this.sender.stop();
      this.close();
      this.notice("window", true);
    });
  }

  photographs() {
    const { unreadable, long, off } = this.dataset, row = this.querySelector("template[data-photo-row]");
    const more = { words: { unreadable, long, off }, row, sender: this.sender };
    for (const [question, field] of this.fields) {
      const place = field.querySelector(".q-files"), list = place?.querySelector("[data-kept]");
      if (list) field.photos = new Photos(this.feed.attempt, place, { ...more, question, list, field });
    }
    const whole = this.querySelector("[data-photos]");
    if (whole) new Photos(this.feed.attempt, whole, { ...more, question: 0, list: whole.querySelector("ul") });
  }

  changed(event) {
    const field = event.target.closest("fieldset.question");
    if (field && !event.target.matches("[type=file]")) this.sender.change(Number(field.dataset.question), readAnswer(field));
  }

  fill(question, value) {
    const field = this.fields.get(question);
    if (field) writeAnswer(field, value);
    field?.photos?.paint();
  }

  notice(name, on) {
    const found = this.querySelector(`[data-notice=${name}]`);
    if (found) found.hidden = !on;
    return found;
  }

  close() {
    for (const field of this.fields.values()) field.disabled = true;
    this.querySelector(".attempt-end")?.setAttribute("hidden", "");
  }

  /** The school's wall clock, whatever zone the device believes in. */
  wall(at) {
    const shape = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: this.feed.zone };
    return new Intl.DateTimeFormat("zh-CN", shape).format(at);
  }

  // ── What the page says ──────────────────────────────────────────────────
  show() {
    const { sender } = this;
    const where = sender.where;
    for (const word of this.querySelectorAll("[data-where]")) word.hidden = word.dataset.where !== where;
    const at = where === "school" ? sender.at : sender.clock.now;
    const time = this.querySelector(`[data-where=${where}] time`);
    if (time && (where !== "here" || !time.textContent)) time.textContent = this.wall(at);
    if (where !== "here") this.querySelector("[data-where=here] time").textContent = "";
    this.dataset.state = where;
    const asked = [...this.fields.keys()], open = asked.filter((one) => empty(sender.answers.get(one)?.value));
    const count = this.querySelector(".attempt-count");
    if (count) count.textContent = this.dataset.answered.replace("{n}", asked.length - open.length).replace("{all}", asked.length);
    if (sender.other) {
      const told = this.notice("other", true).querySelector("span");
      told.textContent = (told.dataset.words ??= told.textContent).replace("{time}", this.wall(sender.other));
    }
    this.notice("beside", Boolean(sender.beside));
    const refused = this.notice("refused", Boolean(sender.refused));
    if (sender.refused) refused.querySelector("span").textContent = sender.refused;
    if (sender.handing || sender.state === "submitted") this.finished();
  }

  /** How long is left, by the server's clock. */
  left() {
    const shown = this.querySelector("[data-ends] b");
    if (!shown || !this.sender.ends) return;
    const left = Math.max(0, Math.ceil((this.sender.ends - this.sender.clock.now) / 1000));
    const h = Math.floor(left / 3600), m = Math.floor(left / 60) % 60, s = left % 60;
    const words = left >= 3600 ? this.dataset.hours : left ? this.dataset.minutes : this.dataset.over;
    shown.textContent = words.replace("{h}", h).replace("{m}", left >= 3600 ? m : Math.floor(left / 60)).replace("{s}", String(s).padStart(2, "0"));
    shown.parentElement.dataset.left = left;
    shown.parentElement.classList.toggle("soon", left <= 300);
    if (left) return void (this.isOver = false);
    if (this.isOver) return;
    this.isOver = true;
    this.close();
    this.sender.now();
    for (const wait of [3000, 9000, 15_000, 25_000]) setTimeout(() => this.sender.ask(), wait + Math.random() * 2000);
  }

  // ── Handing in ──────────────────────────────────────────────────────────
  askToHandIn() {
    const open = [...this.fields].map(([question], n) => [question, n + 1]).filter(([question]) => empty(this.sender.answers.get(question)?.value));
    const dialog = this.querySelector(".attempt-ask");
    const [all, some] = ["all", "some"].map((name) => dialog.querySelector(`[data-ask=${name}]`));
    all.hidden = open.length > 0;
    some.hidden = !open.length;
    some.textContent = (some.dataset.words ??= some.textContent).replace("{n}", open.length).replace("{list}", open.map(([, n]) => n).join(this.dataset.comma ?? ", "));
    dialog.onclose = () => dialog.returnValue === "yes" && this.handIn();
    dialog.returnValue = "";
    dialog.showModal();
  }

  async handIn() {
    this.close();
    const late = new Promise((go) => setTimeout(go, 20_000));
    await Promise.race([Promise.allSettled(this.sender.pending), late]);
    this.sender.handIn();
    this.finished();
    this.querySelector("[data-done]").scrollIntoView({ block: "center", behavior: "smooth" });
  }

  /** Handed in, or on its way: the receipt is shown only when the school has it. */
  finished() {
    const { done } = this.sender, part = this.querySelector("[data-done]");
    this.close();
    part.hidden = false;
    part.classList.toggle("waiting", !done);
    part.querySelector("[data-done-waiting]").hidden = Boolean(done) || !this.sender.failed;
    for (const one of part.querySelectorAll("[data-when]")) one.hidden = (one.dataset.when === "done") !== Boolean(done);
    if (!done || this.told) return;
    this.told = true;
    part.querySelector("[data-done-at]").textContent = this.wall(Date.parse(done.submitted_at));
    part.querySelector("[data-done-receipt]").textContent = done.handed;
    if (this.feed.state === "open") this.dispatchEvent(new CustomEvent("handed-in", { bubbles: true, detail: done }));
    if (this.feed.state === "open" && this.dataset.next) location.assign(this.dataset.next);
  }
}

const empty = (value) => value === null || value === undefined || value === "" || (typeof value === "object" && !Object.keys(value).length);

customElements.define("yunke-attempt", Attempt);
