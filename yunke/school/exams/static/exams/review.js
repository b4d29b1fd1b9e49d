/* The review in class: arrow keys and a presenter's clicker go on and back, space shows the key, F
   fills the screen. The next slide comes into this element, so that a full screen stays full. */

class Review extends HTMLElement {
  connectedCallback() {
    this.keys = (event) => this.pressed(event);
    document.addEventListener("keydown", this.keys);
    this.addEventListener("click", (event) => this.clicked(event));
    this.ready();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
  }

  ready() {
    const full = this.querySelector("[data-full]");
    if (full) full.hidden = !this.requestFullscreen;
  }

  pressed(event) {
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (["ArrowRight", "PageDown"].includes(event.key)) this.go(event, this.dataset.after);
    else if (["ArrowLeft", "PageUp"].includes(event.key)) this.go(event, this.dataset.before);
    else if (event.key.toLowerCase() === "f") this.fill();
    else if (event.key === " " && !event.target.closest("summary, a, button")) {
      event.preventDefault();
      const drawer = this.querySelector(".key-drawer");
      drawer.open = !drawer.open;
    }
  }

  clicked(event) {
    const link = event.target.closest("a[href^='?']");
    if (link) this.go(event, link.getAttribute("href"));
    else if (event.target.closest("[data-full]")) this.fill();
  }

  fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.requestFullscreen?.();
  }

  async go(event, where) {
    if (!where) return;
    event.preventDefault();
    try {
      const reply = await fetch(where);
      if (!reply.ok) throw new Error(reply.status);
      const next = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("exam-review");
      delete this.dataset.before;
      delete this.dataset.after;
      Object.assign(this.dataset, next.dataset);
      this.replaceChildren(...next.childNodes);
      history.replaceState(null, "", where);
      this.scrollTop = 0;
      this.ready();
    } catch {
      location.assign(where);
    }
  }
}

customElements.define("exam-review", Review);
