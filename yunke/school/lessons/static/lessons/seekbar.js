// The seek bar: what was watched is shaded, chapters are ticks, notes dots, tasks diamonds.
import { clock } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

export class SeekBar {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.range = root.querySelector("input");
    this.svg = root.querySelector("svg");
    this.tip = root.querySelector("output");
    this.seen = [...(player.feed.seen ?? [])];
    this.notes = [];
    this.range.addEventListener("input", () => { this.held = true; this.say(Number(this.range.value)); });
    this.range.addEventListener("change", () => { this.held = false; this.tip.hidden = true; player.seek(Number(this.range.value)); });
    this.range.addEventListener("keydown", (event) => {
      // Left and right are five seconds everywhere, on the bar too.
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      player.seek(player.now + (event.key === "ArrowLeft" ? -5 : 5));
    });
    root.addEventListener("pointermove", (event) => this.hover(event));
    root.addEventListener("pointerleave", () => { if (!this.held) this.tip.hidden = true; });
    player.addEventListener("tick", () => this.grow());
  }

  hover(event) {
    const box = this.root.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    this.say(share * this.player.length);
  }

  say(second) {
    const length = this.player.length || 1;
    const chapter = this.player.feed.chapters.findLast?.((c) => c.at <= second)?.title;
    this.tip.textContent = chapter ? `${clock(second)} ${chapter}` : clock(second);
    this.tip.hidden = false;
    this.tip.style.left = `${Math.max(4, Math.min(96, (100 * second) / length))}%`;
  }

  /** While it plays, the second under the head joins what was seen. */
  grow() {
    if (!this.player.playing) return;
    const second = Math.floor(this.player.now);
    const last = this.seen.at(-1);
    if (last && second >= last[0] && second <= last[1]) { if (second < last[1]) return; last[1] = second + 1; }
    else this.seen.push([second, second + 1]);
    this.draw();
  }

  show(at) {
    this.range.max = this.player.length || 100;
    if (!this.held) this.range.value = at;
    this.range.setAttribute("aria-valuetext", clock(at));
    this.played?.setAttribute("width", this.x(at));
  }

  x(second) { return (1000 * Math.min(second, this.player.length)) / (this.player.length || 1); }

  draw() {
    const { chapters, tasks } = this.player.feed;
    const parts = [shape("rect", { class: "seek-track", x: 0, y: 9, width: 1000, height: 6 })];
    for (const [from, to] of this.seen) parts.push(shape("rect", { class: "seek-seen", x: this.x(from), y: 9, width: Math.max(1.5, this.x(to) - this.x(from)), height: 6 }));
    this.played = shape("rect", { class: "seek-played", x: 0, y: 9, width: 0, height: 6 });
    parts.push(this.played);
    for (const { at } of chapters) if (at > 0.5) parts.push(shape("rect", { class: "seek-chapter", x: this.x(at) - 1.5, y: 6, width: 3, height: 12 }));
    for (const at of this.notes) parts.push(shape("rect", { class: "seek-note", x: this.x(at) - 2.5, y: 1, width: 5, height: 5 }));
    for (const { at } of tasks) parts.push(shape("rect", { class: "seek-task", x: this.x(at) - 3.5, y: 18, width: 7, height: 6 }));
    this.svg.replaceChildren(...parts);
    this.show(this.player.video.readyState ? this.player.now : this.player.start || 0);
  }
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
