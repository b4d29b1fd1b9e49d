// Brings answers to the school: two seconds after they were written, again and again while the line
// is down, also after a reload, each of them once. What it knows it tells; it never guesses.
import { newKey } from "../yunke/shell.js";
import { digest } from "./seal.js";

const SOON = 900, PATIENCE = 8000, LONGEST = 8000, BEAT = 30_000, MOST = 100;

export class Sender extends EventTarget {
  constructor(feed, url, keys, store, clock) {
    super();
    Object.assign(this, { feed, url, keys, store, clock, tick: feed.tick });
    this.device = deviceName();
    this.answers = new Map(); // question → { value, seq, at }
    this.stored = new Map(); // question → the sequence number that lies at the school
    for (const [question, { value, seq }] of Object.entries(feed.answers)) this.put(Number(question), value, seq, 0, seq);
    this.last = feed.saved;
    this.state = feed.state;
    this.ends = feed.ends_at && Date.parse(feed.ends_at);
    this.handing = ""; // the key of a submission that is under way
    this.wait = SOON;
    this.pending = new Set(); // photographs on their way
    this.safe = 0; // the highest sequence number that this device has written down
    this.beat = setInterval(() => this.ask(), BEAT);
    addEventListener("online", () => this.now());
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.now() : this.ask()));
  }

  put(question, value, seq, at, stored) {
    this.answers.set(question, { value, seq, at });
    if (stored) this.stored.set(question, stored);
  }

  /** What an earlier page of this device wrote down and the school does not have. */
  async restore() {
    if (!this.store) return [];
    const copy = await this.keys.open((await this.store.copy(this.feed.slot)) ?? new Uint8Array(12));
    if (!copy) return [];
    const found = [];
    for (const [question, seq] of copy.stored ?? []) this.stored.set(question, Math.max(seq, this.stored.get(question) ?? 0));
    for (const [question, { value, seq, at }] of copy.answers) {
      if (seq <= (this.answers.get(question)?.seq ?? 0)) continue;
      this.put(question, value, seq, at);
      this.last = Math.max(this.last, seq);
      found.push([question, value]);
    }
    if (found.length && copy.tick) this.tick = copy.tick;
    if (this.state === "open") this.handing = copy.handing;
    this.safe = this.last;
    if (found.length || this.handing) this.now();
    return found;
  }

  get unsent() {
    return [...this.answers].filter(([question, one]) => one.seq > (this.stored.get(question) ?? 0));
  }

  change(question, value) {
    const before = this.answers.get(question);
    if (before && JSON.stringify(before.value) === JSON.stringify(value)) return;
    this.last = this.clock.seq(this.last);
    this.put(question, value, this.last, this.clock.now);
    this.writeDown();
    this.later(this.ends && this.ends - this.clock.now < 5000 ? 0 : Math.min(this.wait, SOON));
    this.tell();
  }

  handIn() {
    this.handing = newKey();
    this.writeDown();
    this.now();
  }

  // ── On this device ──────────────────────────────────────────────────────
  writeDown() {
    this.writing = (this.writing ?? Promise.resolve()).then(() => this.write()).catch(() => { this.store = null; this.tell(); });
  }

  async write() {
    if (!this.store) return;
    if (this.state === "submitted" && !this.unsent.length) return this.store.drop(this.feed.slot);
    const upTo = this.last;
    const copy = await this.keys.close({ answers: [...this.answers], stored: [...this.stored], tick: this.tick, handing: this.handing });
    const box = this.unsent.length || this.handing ? await this.keys.box(await this.parcel()) : null;
    await this.store.keep(this.feed.slot, copy, box);
    this.safe = upTo;
    this.tell();
  }

  /** What lies in the box: the whole of what is not at the school, with the person's permit. */
  async parcel() {
    const { answers, proof } = await this.body();
    return { permit: this.feed.permit, answers, device: this.device, ...proof, hand_in: this.handing };
  }

  async body() {
    const unsent = this.unsent.slice(-MOST);
    const since = Number(this.tick.split(".")[1]);
    const proof = { tick: this.tick, lines: [], sign: "" };
    if (this.keys) {
      for (const [question, { value, seq, at }] of unsent)
        proof.lines.push(`${question} ${seq} ${Math.max(0, Math.round(at - since))} ${await digest(JSON.stringify(value))}`);
      proof.sign = await this.keys.sign([proof.tick, ...proof.lines].join("\n"));
    }
    const answers = unsent.map(([question, { value, seq, at }]) => ({ question, value, seq, written: new Date(at || this.clock.now).toISOString() }));
    return { attempt: this.feed.attempt, answers, device: this.device, proof };
  }

  // ── To the school ───────────────────────────────────────────────────────
  now() {
    this.wait = SOON;
    this.later(0);
  }

  /** The earliest of what was asked for stands: who types on and on is saved meanwhile. */
  later(wait) {
    const due = performance.now() + wait;
    if (this.timer && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => { this.timer = 0; this.send(); }, wait);
  }

  async send() {
    if (this.sending) return (this.more = true);
    if ((!this.unsent.length && !this.handing) || this.stopped) return;
    this.sending = true;
    this.tell();
    try {
      const body = await this.body();
      const handing = this.handing;
      const told = await this.post(handing ? "submit" : "save", body, handing || newKey());
      this.heard(told, body.answers, handing);
      this.failed = this.refused = "";
      this.wait = SOON;
    } catch (trouble) {
      this.failed = String(trouble);
      this.refused = trouble.refused ?? "";
      this.wait = Math.min(trouble.refused ? LONGEST : this.wait * 2, LONGEST);
    }
    this.sending = false;
    if (this.failed) this.later(this.wait);
    else if (this.more || this.unsent.length || this.handing) this.later(SOON);
    this.more = false;
    this.tell();
  }

  async post(what, body, key) {
    const began = performance.now();
    const answer = await fetch(`${this.url}/${what}`, {
      method: "POST", body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE),
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    });
    if (answer.ok) {
      const told = await answer.json();
      this.clock.sync(told.now, performance.now() - began);
      return told;
    }
    const text = await answer.text();
    throw Object.assign(new Error(text), { refused: answer.status < 500 && answer.status !== 429 ? text || String(answer.status) : "" });
  }

  /** How it stands, without writing: the end may have moved, another device may write too. */
  async ask() {
    if (this.sending || this.stopped) return;
    const began = performance.now();
    try {
      const query = new URLSearchParams({ device: this.device, tick: this.tick });
      const answer = await fetch(`${this.url}/${this.feed.attempt}?${query}`, { signal: AbortSignal.timeout(PATIENCE) });
      if (!answer.ok) return;
      const told = await answer.json();
      this.clock.sync(told.now, performance.now() - began);
      this.heard(told, [], "");
      this.tell();
    } catch { /* the next beat, or the next answer, asks again */ }
  }

  heard(told, sent, handing) {
    for (const { question, seq } of sent) this.stored.set(question, Math.max(seq, this.stored.get(question) ?? 0));
    if (told.kept.length) this.beside = true;
    this.last = Math.max(this.last, told.saved);
    this.ends = told.ends_at && Date.parse(told.ends_at);
    if (handing === this.handing && handing) this.handing = "";
    if (sent.length || handing) this.at = this.clock.now;
    const newer = told.newer.filter((one) => one.seq > (this.answers.get(one.question)?.seq ?? 0));
    newer.forEach((one) => this.put(one.question, one.value, one.seq, 0, one.seq));
    if (told.other) this.other = Date.parse(told.other);
    if (newer.length) this.dispatchEvent(new CustomEvent("newer", { detail: newer }));
    const oldest = Math.min(...this.unsent.map(([, one]) => one.at));
    if (Number(told.tick.split(".")[1]) <= oldest) this.tick = told.tick;
    const was = this.state;
    this.state = told.state;
    if (told.state === "submitted") this.done = told;
    else this.done = null;
    this.writeDown();
    if (was !== this.state) this.dispatchEvent(new CustomEvent(this.state));
  }

  /** The page goes: one last parcel that outlives it. What does not arrive is sealed already. */
  leave() {
    if (!this.unsent.length || this.stopped) return;
    const answers = this.unsent.slice(-MOST).map(([question, { value, seq }]) => ({ question, value, seq }));
    const body = JSON.stringify({ attempt: this.feed.attempt, answers, device: this.device });
    const headers = { "Content-Type": "application/json", "Idempotency-Key": newKey() };
    if (body.length < 60_000) fetch(`${this.url}/save`, { method: "POST", keepalive: true, headers, body }).catch(() => {});
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    clearInterval(this.beat);
  }

  tell() {
    this.dispatchEvent(new Event("told"));
  }

  /** Where the answers are: "ready", "school", "sending", "here" or "none". */
  get where() {
    if (!this.unsent.length && !this.handing && !this.pending.size) return this.at ? "school" : "ready";
    if (!this.failed) return "sending";
    return this.store && this.safe >= this.last ? "here" : "none";
  }
}

function deviceName() {
  try {
    const name = localStorage.getItem("yunke-device") ?? newKey().replaceAll("-", "").slice(0, 24);
    localStorage.setItem("yunke-device", name);
    return name;
  } catch {
    return newKey().replaceAll("-", "").slice(0, 24);
  }
}
