// What is on the air moves: bars fill, the now-line sinks, and a page whose lesson ended asks anew.
const TICK = 15_000;

class AirClock extends HTMLElement {
  connectedCallback() {
    this.hours = [...this.querySelectorAll("[data-starts]")].map((node) => ({
      node,
      starts: Date.parse(node.dataset.starts),
      ends: Date.parse(node.dataset.ends),
      state: node.classList.contains("now") ? "now" : node.classList.contains("past") ? "past" : "later",
    }));
    this.grid = this.querySelector(".week-grid");
    this.timer = setInterval(() => this.tick(), TICK);
    this.resize = () => this.line();
    addEventListener("resize", this.resize);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    removeEventListener("resize", this.resize);
  }

  tick() {
    const now = Date.now();
    for (const hour of this.hours) {
      const state = now < hour.starts ? "later" : now < hour.ends ? "now" : "past";
      if (state !== hour.state && document.visibilityState === "visible") return this.anew();
      const bar = state === "now" && hour.node.querySelector("progress");
      if (bar) bar.value = (100 * (now - hour.starts)) / (hour.ends - hour.starts);
    }
    this.line();
  }

  /** Draw the page again when something began or ended; at most once a minute. */
  anew() {
    const last = Number(sessionStorage.getItem("yunke-air") ?? 0);
    if (Date.now() - last < 60_000) return;
    sessionStorage.setItem("yunke-air", String(Date.now()));
    location.reload();
  }

  line() {
    const now = Date.now();
    const today = this.grid?.querySelector(".is-today");
    const mine = this.hours.filter((hour) => today?.contains(hour.node));
    if (!mine.length || now < mine[0].starts || now > mine.at(-1).ends) return this.mark?.remove();
    const running = mine.find((hour) => now < hour.ends);
    const box = running.node;
    const share = Math.max(0, (now - running.starts) / (running.ends - running.starts));
    this.mark ??= Object.assign(document.createElement("div"), { className: "now-line" });
    if (!this.mark.isConnected) this.grid.append(this.mark);
    this.mark.style.top = `${share > 0 ? box.offsetTop + share * box.offsetHeight : box.offsetTop - 5}px`;
    this.mark.style.left = `${box.offsetLeft}px`;
  }
}

customElements.define("air-clock", AirClock);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
