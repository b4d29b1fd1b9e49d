// Drag a stop to its place, or move it by its arrow buttons without leaving the page.
// Without this file the same buttons post the same form.
import { newKey, say } from "../yunke/shell.js";

class ArrangeList extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.list = this.querySelector("ol");
    this.list.addEventListener("pointerdown", (event) => this.lift(event));
    this.form.addEventListener("submit", (event) => this.step(event));
  }

  lift(event) {
    const handle = event.target.closest(".handle");
    if (!handle || event.button > 0) return;
    event.preventDefault();
    const row = handle.closest("li");
    const before = this.order();
    row.classList.add("lifted");
    handle.setPointerCapture(event.pointerId);
    const move = (at) => this.carry(row, at.clientY);
    const drop = () => {
      handle.removeEventListener("pointermove", move);
      row.classList.remove("lifted");
      if (this.order() !== before) this.keep();
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", drop, { once: true });
  }

  carry(row, y) {
    for (const other of this.list.children) {
      if (other === row) continue;
      const box = other.getBoundingClientRect();
      const middle = box.top + box.height / 2;
      const above = other.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (above && y < middle) return other.before(row);
      if (!above && y > middle && y < box.bottom + 24) return other.after(row);
    }
  }

  step(event) {
    const [way] = (event.submitter?.value ?? "").split(":");
    if (way !== "up" && way !== "down") return;
    event.preventDefault();
    const row = event.submitter.closest("li");
    const other = way === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (way === "up") other.before(row);
    else other.after(row);
    event.submitter.focus();
    this.keep();
  }

  order() {
    return [...this.list.querySelectorAll("input[name=order]")].map((field) => field.value).join();
  }

  /** One write at a time, the newest order last: what is on the screen is what is kept. */
  async keep() {
    this.wanted = this.order();
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.wanted !== this.kept) {
        const order = this.wanted;
        await this.post();
        this.kept = order;
      }
      say(this.dataset.kept);
    } catch {
      say(this.dataset.lost);
    } finally {
      this.sending = false;
    }
  }

  async post() {
    this.form.elements.once.value = newKey();
    const body = new URLSearchParams(new FormData(this.form));
    const answer = await fetch(this.form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type !== "opaqueredirect" && !answer.ok) throw new Error(String(answer.status));
  }
}

customElements.define("arrange-list", ArrangeList);
