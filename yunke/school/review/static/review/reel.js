// The film under review: plays the submitted version, jumps to a pinned second, pins the present one.
class Reel extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    if (this.dataset.poster) this.video.poster = this.dataset.poster;
    if (globalThis.Hls?.isSupported()) this.load();
    else this.video.src = this.dataset.playlist;
    this.video.addEventListener("error", () => this.tell());
    document.addEventListener("click", (event) => this.press(event));
  }

  disconnectedCallback() {
    this.hls?.destroy();
  }

  load() {
    const hls = (this.hls = new Hls({ enableWorker: false, maxBufferLength: 30, capLevelToPlayerSize: true }));
    hls.on(Hls.Events.ERROR, (_name, trouble) => trouble.fatal && this.tell());
    hls.loadSource(this.dataset.playlist);
    hls.attachMedia(this.video);
  }

  tell() {
    this.querySelector("[role=status]").textContent = this.dataset.none;
  }

  press(event) {
    const jump = event.target.closest("[data-at]");
    if (jump) {
      this.video.currentTime = Number(jump.dataset.at);
      this.scrollIntoView({ block: "nearest", behavior: "smooth" });
    }
    const pin = event.target.closest("[data-pin]");
    if (pin) pin.parentElement.querySelector("input[name^=at-]").value = this.clock();
  }

  clock() {
    const whole = Math.floor(this.video.currentTime);
    const seconds = String(whole % 60).padStart(2, "0");
    return `${Math.floor(whole / 60)}:${seconds}`;
  }
}

customElements.define("yunke-reel", Reel);
