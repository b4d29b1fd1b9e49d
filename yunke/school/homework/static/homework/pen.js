// The teacher's pen: draws on the pictures of one paper, stamps, takes back.
import { draw, layer } from "./ink.js";

const PENS = ["red", "blue", "green"];
const MOST = 400;

export class Pen {
  /** `changed()` is called after each stroke, stamp or undo. */
  constructor(paper, ink, tool, changed) {
    this.ink = ink;
    this.tool = tool;
    this.changed = changed;
    this.done = [];
    for (const figure of paper.querySelectorAll(".ink-page")) this.watch(figure);
  }

  watch(figure) {
    const number = figure.dataset.page;
    const svg = layer(figure);
    const marks = () => (this.ink[number] ??= []);
    draw(svg, marks());
    let stroke = null;
    svg.addEventListener("pointerdown", (event) => {
      if (event.button || marks().length >= MOST) return;
      event.preventDefault();
      const at = this.place(svg, event);
      if (PENS.includes(this.tool())) {
        stroke = { kind: "line", colour: this.tool(), points: [at] };
        svg.setPointerCapture(event.pointerId);
      } else this.add(svg, number, { kind: "stamp", stamp: this.tool(), at });
    });
    svg.addEventListener("pointermove", (event) => {
      if (!stroke || stroke.points.length >= 3900) return;
      for (const one of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]) {
        const at = this.place(svg, one);
        const last = stroke.points.at(-1);
        if (Math.hypot(at[0] - last[0], at[1] - last[1]) > 0.002) stroke.points.push(at);
      }
      draw(svg, [...marks(), stroke]);
    });
    const end = () => {
      if (!stroke) return;
      if (stroke.points.length > 1) this.add(svg, number, stroke);
      else draw(svg, marks());
      stroke = null;
    };
    svg.addEventListener("pointerup", end);
    svg.addEventListener("pointercancel", end);
  }

  place(svg, event) {
    const box = svg.getBoundingClientRect();
    const part = (value, size) => Math.round(Math.min(1, Math.max(0, value / size)) * 10000) / 10000;
    return [part(event.clientX - box.left, box.width), part(event.clientY - box.top, box.height)];
  }

  add(svg, number, mark) {
    this.ink[number] = [...(this.ink[number] ?? []), mark];
    draw(svg, this.ink[number]);
    this.changed(() => {
      this.ink[number] = this.ink[number].filter((one) => one !== mark);
      draw(svg, this.ink[number]);
    });
  }
}
