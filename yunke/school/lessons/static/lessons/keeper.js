// Keeps which seconds were played: every ten seconds, and at once on pause, end and leaving.
// What has not arrived is sent again under its own key, so that nothing is counted twice.
import { newKey, say, send } from "../yunke/shell.js";

const EVERY = 10_000;
const PRESENCE = 60_000;

export class Keeper {
  constructor(player) {
    this.player = player;
    this.ranges = [];
    this.waiting = [];
    this.from = this.last = null;
    this.dirty = false;
    const video = player.video;
    video.addEventListener("playing", () => this.begin());
    video.addEventListener("timeupdate", () => this.tick());
    video.addEventListener("seeking", () => this.cut());
    video.addEventListener("seeked", () => { this.dirty = true; if (player.playing) this.begin(); });
    for (const name of ["pause", "ended"]) video.addEventListener(name, () => { this.cut(); this.flush(); });
    this.hide = () => document.visibilityState === "hidden" && (this.cut(true), this.flush());
    document.addEventListener("visibilitychange", this.hide);
    addEventListener("pagehide", () => { this.cut(true); this.flush(); });
    this.timer = setInterval(() => { this.cut(true); this.flush(); }, EVERY);
    this.presence = setInterval(() => this.here(), PRESENCE);
    this.here();
  }

  stop() {
    clearInterval(this.timer);
    clearInterval(this.presence);
    document.removeEventListener("visibilitychange", this.hide);
  }

  here() {
    if (document.visibilityState === "visible") send("/front/presence", {}).catch(() => {});
  }

  begin() {
    if (this.from === null) this.from = this.last = this.player.now;
  }

  tick() {
    const now = this.player.now;
    if (this.from === null || this.player.video.seeking) return;
    // A jump without an event of its own (a sleeping tab) is no watching.
    if (now < this.last || now - this.last > 4) { this.cut(); this.begin(); return; }
    this.last = now;
  }

  /** Close the stretch that is playing; go on with a new one from there when asked. */
  cut(goOn = false) {
    if (this.from !== null && this.last > this.from) this.ranges.push([round(this.from), round(this.last)]);
    this.from = goOn && this.from !== null ? this.last : null;
  }

  flush() {
    if (this.ranges.length || this.dirty) {
      const { now, length, feed } = this.player;
      this.waiting.push([newKey(), { lesson: feed.lesson, position: round(now), ranges: this.ranges, of: round(length) }]);
      this.ranges = [];
      this.dirty = false;
    }
    this.deliver();
  }

  async deliver() {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.waiting.length) {
        const [key, value] = this.waiting[0];
        const kept = await send("/front/progress", value, key, 3);
        this.waiting.shift();
        this.told = false;
        this.player.dispatchEvent(new CustomEvent("kept", { detail: kept }));
      }
    } catch (trouble) {
      if (trouble.final) this.waiting.shift();
      else if (!this.told) { this.told = true; say(this.player.dataset.lost); }
    } finally {
      this.sending = false;
    }
  }
}

const round = (second) => Math.round(second * 100) / 100;
