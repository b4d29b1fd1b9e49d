/* The review in class: arrow keys and a presenter's clicker go on and back, space shows the key. */

class Review extends HTMLElement {
  connectedCallback() {
    this.keys = (event) => this.pressed(event);
    document.addEventListener("keydown", this.keys);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
  }

  pressed(event) {
    if (event.target.matches("input, textarea, select, summary, a, button")) return;
    if (["ArrowRight", "PageDown"].includes(event.key) && this.dataset.after) location.assign(this.dataset.after);
    else if (["ArrowLeft", "PageUp"].includes(event.key) && this.dataset.before) location.assign(this.dataset.before);
    else if (event.key === " ") {
      event.preventDefault();
      const drawer = this.querySelector("details");
      drawer.open = !drawer.open;
    }
  }
}

customElements.define("exam-review", Review);
