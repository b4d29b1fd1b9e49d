// The player: a native <video> with hls.js where the browser has no HLS of its own, our controls,
// the keyboard, and the bookkeeping of which seconds were really played.
import { Keeper } from "./keeper.js";
import { SeekBar } from "./seekbar.js";
import { clock } from "./words.js";

const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
const TYPING = "input:not([type=range]), textarea, select, [contenteditable]";

class Player extends HTMLElement {
  connectedCallback() {
    this.feed = JSON.parse(document.getElementById(this.dataset.feed).textContent);
    this.video = this.querySelector("video");
    this.stage = this.querySelector(".player-stage");
    this.choices = Object.fromEntries(["speed", "captions", "quality"].map((name) => [name, this.querySelector(`select[data-do=${name}]`)]));
    this.bar = new SeekBar(this.querySelector(".seek"), this);
    this.keeper = this.feed.keep ? new Keeper(this) : null;
    this.load();
    this.wire();
    this.bar.draw();
    this.show();
  }

  disconnectedCallback() {
    this.hls?.destroy();
    this.keeper?.stop();
  }

  // ---- what other islands use
  get now() { return this.video.currentTime; }
  get length() { return Number.isFinite(this.video.duration) && this.video.duration > 0 ? this.video.duration : this.feed.seconds || 0; }
  get playing() { return !this.video.paused && !this.video.ended; }
  /** A browser may want a tap before it plays with sound: then the big button asks for it. */
  play() {
    return this.video.play().then(() => this.removeAttribute("data-needs-tap"), () => this.setAttribute("data-needs-tap", ""));
  }
  pause() { this.video.pause(); }
  toggle() {
    if (this.hasAttribute("data-locked")) this.dispatchEvent(new CustomEvent("asked-to-play"));
    else if (this.playing) this.pause();
    else this.play();
  }
  seek(second) {
    const to = Math.max(0, Math.min(second, Math.max(0, this.length - 0.1)));
    if (this.video.readyState) this.video.currentTime = to;
    else this.start = to;
    this.dispatchEvent(new CustomEvent("jumped", { detail: to }));
    this.show();
  }

  // ---- the film
  load() {
    const asked = Number(new URLSearchParams(location.search).get("t"));
    // Asked for once: a reload goes on where one stopped.
    if (asked) history.replaceState(null, "", location.pathname);
    const resume = this.feed.finished || this.feed.position > this.length * 0.97 ? 0 : this.feed.position;
    this.start = asked || resume || 0;
    for (const track of this.feed.tracks) {
      const element = Object.assign(document.createElement("track"), { kind: "subtitles", srclang: track.language, src: track.url, label: track.language });
      element.addEventListener("load", () => this.dispatchEvent(new CustomEvent("cues", { detail: element.track })));
      this.video.append(element);
    }
    this.captions(localStorage.getItem("captions") ?? this.feed.language);
    // Where both can play it, hls.js: it lets people choose the size.
    if (globalThis.Hls?.isSupported()) this.loadHls();
    else this.video.src = this.feed.playlist;
  }

  loadHls() {
    const hls = (this.hls = new Hls({ enableWorker: false, startPosition: this.start || -1, maxBufferLength: 30, capLevelToPlayerSize: true }));
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.offerQuality(hls.levels));
    hls.on(Hls.Events.ERROR, (_name, trouble) => {
      if ([403, 404, 410].includes(trouble.response?.code)) return this.refused();
      if (!trouble.fatal) return;
      if (trouble.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else if (this.tried++ < 3) setTimeout(() => hls.startLoad(), 2000 * this.tried);
      else this.trouble();
    });
    this.tried = 0;
    hls.loadSource(this.feed.playlist);
    hls.attachMedia(this.video);
  }

  offerQuality(levels) {
    const select = this.choices.quality;
    levels.map((level, index) => [level.height, index]).sort((a, b) => b[0] - a[0]).forEach(([height, index]) => {
      if (height) select.append(new Option(`${height}p`, String(index)));
    });
    select.closest("label").hidden = levels.length < 2;
  }

  /** A file was refused: the lesson may have been taken back. Then its page says so, kindly. */
  async refused() {
    if (this.asking) return;
    this.asking = true;
    this.hls?.stopLoad();
    const page = await fetch(`/lesson/${this.feed.lesson}`, { credentials: "same-origin" }).catch(() => null);
    if (page?.status !== 410) return this.trouble();
    this.pause();
    location.assign(`/lesson/${this.feed.lesson}`);
  }

  trouble() {
    const line = this.querySelector(".player-trouble");
    line.textContent = this.dataset.noVideo;
    line.hidden = false;
  }

  captions(language) {
    const has = this.feed.tracks.some((track) => track.language === language);
    const select = this.choices.captions;
    select.closest("label").hidden = !this.feed.tracks.length;
    select.value = has ? language : "";
    // "hidden" keeps the words for the transcript without showing them.
    for (const track of this.video.textTracks) track.mode = track.language === select.value ? "showing" : "hidden";
  }

  // ---- controls
  wire() {
    const video = this.video;
    for (const name of ["play", "pause", "ended", "volumechange", "ratechange", "durationchange"]) video.addEventListener(name, () => this.show());
    video.addEventListener("loadedmetadata", () => {
      if (this.start && Math.abs(video.currentTime - this.start) > 1) video.currentTime = this.start;
      this.bar.draw();
    });
    video.addEventListener("timeupdate", () => {
      this.show();
      this.dispatchEvent(new CustomEvent("tick", { detail: this.now }));
    });
    video.addEventListener("error", () => !this.hls && this.trouble());
    video.addEventListener("click", () => this.toggle());
    this.addEventListener("click", (event) => this.press(event.target.closest("button[data-do]")?.dataset.do));
    this.choices.speed.addEventListener("change", () => this.speed(Number(this.choices.speed.value)));
    this.choices.captions.addEventListener("change", () => {
      localStorage.setItem("captions", this.choices.captions.value);
      this.captions(this.choices.captions.value);
    });
    this.choices.quality.addEventListener("change", () => {
      this.hls.capLevelToPlayerSize = false;
      this.hls.nextLevel = Number(this.choices.quality.value);
    });
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("fullscreenchange", () => this.show());
    document.addEventListener("click", (event) => {
      const jump = event.target.closest("[data-at]");
      if (!jump || jump.dataset.task || this.hasAttribute("data-locked")) return;
      this.seek(Number(jump.dataset.at));
      this.play();
      this.stage.scrollIntoView({ block: "nearest", behavior: "smooth" });
    });
    this.speed(Number(localStorage.getItem("speed")) || 1);
  }

  press(what) {
    if (what === "play") this.toggle();
    else if (what === "mute") this.video.muted = !this.video.muted;
    else if (what === "full") this.full();
  }

  speed(rate) {
    const nearest = SPEEDS.includes(rate) ? rate : 1;
    this.video.defaultPlaybackRate = this.video.playbackRate = nearest;
    this.choices.speed.value = String(nearest);
    localStorage.setItem("speed", String(nearest));
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.requestFullscreen) this.requestFullscreen();
    else this.video.webkitEnterFullscreen?.();
  }

  key(event) {
    if (event.target.closest?.(TYPING) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    // A focused button keeps its own space and enter; a focused seek bar its own arrows.
    if (event.key === " " && event.target.closest?.("button, a, summary")) return;
    const step = SPEEDS.indexOf(this.video.playbackRate);
    const free = !this.hasAttribute("data-locked");
    const keys = {
      " ": () => this.toggle(),
      k: () => this.toggle(),
      ArrowLeft: () => free && this.seek(this.now - 5),
      ArrowRight: () => free && this.seek(this.now + 5),
      ArrowUp: () => this.loud(0.1),
      ArrowDown: () => this.loud(-0.1),
      c: () => this.captions(this.choices.captions.value ? "" : this.feed.tracks[0]?.language),
      f: () => this.full(),
      m: () => this.press("mute"),
      n: () => this.dispatchEvent(new CustomEvent("note-asked")),
      "[": () => free && this.speed(SPEEDS[Math.max(0, step - 1)]),
      "]": () => free && this.speed(SPEEDS[Math.min(SPEEDS.length - 1, step + 1)]),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }

  loud(change) {
    this.video.muted = false;
    this.video.volume = Math.max(0, Math.min(1, this.video.volume + change));
  }

  // ---- what is to be seen
  show() {
    const at = this.video.readyState ? this.now : this.start || 0;
    this.querySelector("[data-show=now]").textContent = clock(at);
    this.querySelector("[data-show=all]").textContent = clock(this.length);
    this.querySelector("[data-show=chapter]").textContent = this.feed.chapters.findLast?.((c) => c.at <= at + 0.2)?.title ?? "";
    this.toggleAttribute("data-playing", this.playing);
    this.named("play", this.playing);
    this.named("mute", this.video.muted || this.video.volume === 0);
    this.named("full", document.fullscreenElement === this);
    this.bar.show(at);
  }

  /** A button that does one thing now and the opposite next says so. */
  named(what, on) {
    this.querySelectorAll(`button[data-do=${what}]`).forEach((button) => {
      if (!button.dataset.other || button.hasAttribute("data-on") === on) return;
      button.toggleAttribute("data-on", on);
      const name = button.getAttribute("aria-label");
      button.setAttribute("aria-label", button.dataset.other);
      button.dataset.other = name;
    });
  }
}

customElements.define("yunke-player", Player);
