// Two minutes against an item: camera or screen with the voice, sent by the form that is there.
const KINDS = ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"];

class Recorder extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.form = this.querySelector("form");
    this.file = this.form.querySelector("input[type=file]");
    const can = globalThis.MediaRecorder && navigator.mediaDevices;
    this.querySelector(".recorder-ways").hidden = !can;
    if (!can) this.say(this.dataset.no);
    this.querySelectorAll("[data-way]").forEach((button) =>
      button.addEventListener("click", () => this.begin(button.dataset.way)));
    this.querySelector("[data-stop]").addEventListener("click", () => this.stop());
    this.querySelector("[data-again]").addEventListener("click", () => this.again());
    this.form.addEventListener("submit", () => this.say(this.dataset.sending));
  }

  disconnectedCallback() {
    this.end();
  }

  say(text) {
    this.querySelector(".recorder-say").textContent = text;
  }

  async begin(way) {
    try {
      this.stream = await this.open(way);
    } catch {
      this.say(this.dataset.denied);
      return;
    }
    const type = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    this.parts = [];
    this.recorder = new MediaRecorder(this.stream, { mimeType: type, videoBitsPerSecond: 2_000_000 });
    this.recorder.addEventListener("dataavailable", (event) => event.data.size && this.parts.push(event.data));
    this.recorder.addEventListener("stop", () => this.keep(type));
    this.stream.getVideoTracks()[0].addEventListener("ended", () => this.stop());
    this.video.srcObject = this.stream;
    this.video.muted = true;
    this.show(true);
    this.video.play();
    this.recorder.start(1000);
    this.left = Number(this.dataset.most);
    this.timer = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  async open(way) {
    if (way === "camera") return navigator.mediaDevices.getUserMedia({ video: { height: { ideal: 720 } }, audio: true });
    const screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 15 } });
    try {
      const voice = await navigator.mediaDevices.getUserMedia({ audio: true });
      voice.getAudioTracks().forEach((track) => screen.addTrack(track));
    } catch {
      // A screen without a voice is still an explanation.
    }
    return screen;
  }

  tick() {
    if (this.left < 0) return this.stop();
    this.say(this.dataset.left.replace("{n}", this.left--));
  }

  stop() {
    clearInterval(this.timer);
    if (this.recorder?.state === "recording") this.recorder.stop();
  }

  end() {
    this.stop();
    this.stream?.getTracks().forEach((track) => track.stop());
  }

  keep(type) {
    this.end();
    const ending = type.includes("mp4") ? "mp4" : "webm";
    const film = new File(this.parts, `explanation.${ending}`, { type: type.split(";")[0] });
    const carried = new DataTransfer();
    carried.items.add(film);
    this.file.files = carried.files;
    this.video.srcObject = null;
    this.video.src = URL.createObjectURL(film);
    this.video.muted = false;
    this.video.controls = true;
    this.show(false);
    this.say("");
  }

  again() {
    this.file.value = "";
    this.video.removeAttribute("src");
    this.video.controls = false;
    this.video.hidden = true;
    this.querySelector(".recorder-ways").hidden = false;
    this.querySelector("[data-again]").hidden = true;
  }

  show(recording) {
    this.video.hidden = false;
    this.querySelector("[data-recording]").hidden = !recording;
    this.querySelector(".recorder-ways").hidden = true;
    this.querySelector("[data-again]").hidden = recording;
    this.form.hidden = recording;
  }
}

customElements.define("yunke-recorder", Recorder);
