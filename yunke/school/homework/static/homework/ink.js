// Ink on a picture: strokes, stamps and words as vectors over it, places as parts of its size.
const NS = "http://www.w3.org/2000/svg";
export const SIGNS = { tick: "✓", cross: "✗", half: "½", star: "★", flower: "✿", again: "↻" };

const make = (name, attributes) => {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

/** The layer of a figure, made when there is none; its units are thousandths of the width. */
export function layer(figure) {
  const image = figure.querySelector("img");
  const high = Math.round((1000 * (image.height || image.naturalHeight || 1)) / (image.width || image.naturalWidth || 1));
  let svg = figure.querySelector("svg.ink");
  if (!svg) {
    svg = make("svg", { class: "ink", viewBox: `0 0 1000 ${high}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    figure.append(svg);
  }
  svg.dataset.high = high;
  return svg;
}

export function path(points, high) {
  return points.map(([x, y], n) => `${n ? "L" : "M"}${(x * 1000).toFixed(1)} ${(y * high).toFixed(1)}`).join("");
}

export function draw(svg, marks) {
  const high = Number(svg.dataset.high);
  svg.replaceChildren(...marks.map((mark) => {
    if (mark.kind === "line") return make("path", { class: `ink-${mark.colour}`, d: path(mark.points, high) });
    const text = make("text", { class: `ink-${mark.kind} ink-is-${mark.stamp ?? "text"}`, x: mark.at[0] * 1000, y: mark.at[1] * high });
    text.textContent = mark.kind === "stamp" ? SIGNS[mark.stamp] : mark.text;
    return text;
  }));
}

class HomeworkInk extends HTMLElement {
  connectedCallback() {
    const ink = JSON.parse(this.dataset.ink || "{}");
    for (const figure of this.querySelectorAll("[data-page]")) draw(layer(figure), ink[figure.dataset.page] ?? []);
  }
}
if (!customElements.get("homework-ink")) customElements.define("homework-ink", HomeworkInk);
