// The desk: a packet of pieces, one key a mark, the next crop already there. Every mark is sent
// under a key of its own and again until it is kept; the page says so. Without a script the form
// marks piece by piece.
import { newKey, say } from "../yunke/shell.js";

const LETTERS = "qwertyuiop";

class Desk extends HTMLElement {
  connectedCallback() {
    this.pieces = JSON.parse(document.getElementById("desk-pieces").textContent);
    this.form = this.querySelector("[data-give]");
    this.score = this.form.elements.score;
    this.parts = [...this.form.querySelectorAll("[data-part]")];
    this.queue = [];
    this.gone = new Set();
    this.form.addEventListener("submit", (event) => this.give(event));
    this.querySelector("[data-back-form]").addEventListener("submit", (event) => this.back(event));
    this.parts.forEach((part) => part.addEventListener("change", () => this.sum()));
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("beforeunload", (event) => this.queue.length && event.preventDefault());
    this.show();
  }

  get piece() {
    return this.pieces[0];
  }

  show() {
    const piece = this.piece;
    if (!piece) return this.finish();
    this.began = performance.now();
    this.form.reset();
    this.form.elements.given.value = piece.given;
    this.querySelector("[data-code]").textContent = piece.code;
    this.querySelector("[data-hint]").textContent = piece.empty ? this.dataset.empty : "";
    const crop = this.querySelector("[data-crop]");
    const text = this.querySelector("[data-text]");
    crop.hidden = !piece.crop;
    text.hidden = piece.crop;
    if (piece.crop) crop.src = this.address(piece);
    text.textContent = piece.text;
    this.suggest(piece);
    this.fetchNext();
    this.score.focus();
  }

  address(piece) {
    return `/desk/crop/${piece.given}.jpg`;
  }

  fetchNext() {
    this.ahead = this.pieces.slice(1, 4).filter((one) => one.crop).map((one) => {
      const picture = new Image();
      picture.src = this.address(one);
      return picture;
    });
  }

  suggest(piece) {
    const box = this.querySelector("[data-suggest]");
    box.replaceChildren();
    box.hidden = !piece.suggested && !piece.before.length;
    if (piece.before.length) {
      const told = piece.before.map((one) => (one.note ? `${one.score} (${one.note})` : one.score));
      box.append(`${this.dataset.before}: ${told.join(" · ")}`);
    } else if (piece.suggested) {
      const right = piece.suggested !== "0";
      const words = piece.reasons.flatMap((why) => why.words).slice(0, 4).join(" ");
      const meter = document.createElement("progress");
      meter.className = "few";
      meter.max = 1;
      meter.value = piece.confidence;
      const sure = `${this.dataset.sure} ${Math.round(piece.confidence * 100)}%`;
      box.append(`${right ? this.dataset.correct : this.dataset.wrong} → ${piece.suggested}`, meter, sure);
      if (words) box.append(` · ${words}`);
    }
  }

  sum() {
    const points = this.parts.filter((part) => part.checked).map((part) => pointsOf(part.dataset.part));
    this.score.value = points.length ? String(points.reduce((one, two) => one + two, 0)) : "";
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.piece) return;
    const noting = event.target.name === "note";
    if (event.key === "Escape") return this.score.focus();
    if (noting) return;
    const key = event.key.toLowerCase();
    const part = this.parts[LETTERS.indexOf(key)];
    const acts = {
      arrowleft: () => this.score.value === "" && this.querySelector("[data-back-form]").requestSubmit(),
      f: () => (this.score.value = this.dataset.outOf),
      n: () => (this.score.value = "0"),
      s: () => this.piece.suggested && (this.score.value = this.piece.suggested),
      c: () => this.form.elements.note.focus(),
    };
    if (part && LETTERS.includes(key)) {
      part.checked = !part.checked;
      this.sum();
    } else if (key in acts) {
      if (acts[key]() === false && key === "arrowleft") return;
    } else return;
    event.preventDefault();
  }

  give(event) {
    event.preventDefault();
    if (!this.piece || !this.form.reportValidity()) return;
    this.form.elements.seconds.value = ((performance.now() - this.began) / 1000).toFixed(1);
    const body = new FormData(this.form);
    body.delete("once");
    this.queue.push({ body, key: newKey() });
    this.gone.add(this.pieces.shift().given);
    this.show();
    this.work();
  }

  async back(event) {
    event.preventDefault();
    await this.work();
    if (this.queue.length) return;
    const body = new FormData(event.target);
    body.delete("once");
    const told = await this.post("back", body, newKey());
    if (!told?.pieces) return;
    this.gone.clear();
    this.pieces = told.pieces;
    this.count(told);
    say(this.dataset.back);
    this.show();
  }

  /** Sends what waits, in order; stays in the queue until it is kept. */
  work() {
    return (this.working ??= this.drain().finally(() => (this.working = null)));
  }

  async drain() {
    while (this.queue.length) {
      const { body, key } = this.queue[0];
      const told = await this.post("give", body, key);
      if (told === null) {
        say(this.dataset.lost);
        setTimeout(() => this.work(), 3000);
        return;
      }
      this.queue.shift();
      if (told.pieces) this.fill(told);
    }
  }

  /** New pieces go behind those in hand; what was just marked never comes back by itself. */
  fill(told) {
    const here = new Set(this.pieces.map((one) => one.given));
    const fresh = told.pieces.filter((one) => !here.has(one.given) && !this.gone.has(one.given));
    const empty = !this.pieces.length;
    this.pieces.push(...fresh);
    this.count(told);
    if (empty && fresh.length) this.show();
    if (empty && !fresh.length && !this.queue.length) location.reload();
  }

  count(told) {
    document.querySelector("[data-left]").textContent = told.left;
    document.querySelector("[data-given]").textContent = told.given;
  }

  /** The answer as JSON; {} when it was refused and said so; null when it may be tried again. */
  async post(what, body, key) {
    try {
      const headers = { Accept: "application/json", "Idempotency-Key": key };
      const answer = await fetch(`/desk/${this.dataset.item}/${what}`, { method: "POST", body, headers });
      if (answer.ok) return await answer.json();
      if (answer.status >= 500 || answer.status === 429) return null;
      say((await answer.text()).slice(0, 200));
      setTimeout(() => location.reload(), 2500);
      return {};
    } catch {
      return null;
    }
  }

  finish() {
    this.querySelector("[data-code]").textContent = this.dataset.done;
    this.querySelector("[data-crop]").hidden = true;
    this.querySelector("[data-text]").hidden = true;
    this.querySelector("[data-suggest]").hidden = true;
  }
}

/** Points are fractions as text: "2", "1/2". */
function pointsOf(text) {
  const [top, low = "1"] = text.split("/");
  return Number(top) / Number(low);
}
customElements.define("yunke-desk", Desk);
