// The film beside the talk: what is said is pinned to a second, and a click goes to that second.
class FilmDesk extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.second = this.querySelector("#film-second");
    this.clock = this.querySelector("[data-part=clock]");
    this.video.addEventListener("play", () => this.load(), { once: true });
    this.video.addEventListener("timeupdate", () => this.told());
    document.addEventListener("click", (this.jump = (event) => {
      const chip = event.target.closest?.("[data-seek]");
      if (chip) this.seek(Number(chip.dataset.seek));
    }));
    this.load();
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.jump);
    this.player?.destroy();
  }

  load() {
    if (this.loaded) return;
    this.loaded = true;
    const { playlist } = this.dataset;
    if (window.Hls?.isSupported()) {
      this.player = new window.Hls({ autoStartLoad: true, maxBufferLength: 20 });
      this.player.loadSource(playlist);
      this.player.attachMedia(this.video);
    } else this.video.src = playlist;
  }

  seek(second) {
    this.video.currentTime = second;
    this.told(second);
  }

  told(second = this.video.currentTime) {
    this.second.value = second.toFixed(1);
    const whole = Math.floor(second);
    this.clock.textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  }
}
customElements.define("film-desk", FilmDesk);
