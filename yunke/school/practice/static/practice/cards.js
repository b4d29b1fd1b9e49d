// The teacher's phone looks at raised cards: a still a second goes to the server, which reads it in
// memory and keeps nothing of it.
import { newKey } from "../yunke/shell.js";

const EVERY = 900;
const LONG = 1600;

class Cards extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.canvas = document.createElement("canvas");
    this.querySelector("[data-start]").addEventListener("click", () => this.begin());
    const file = this.querySelector("input[type=file]");
    file.addEventListener("change", () => this.picture(file));
    this.picture(file); // chosen while this file was still on its way
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.stream?.getTracks().forEach((track) => track.stop());
  }

  say(text) {
    this.querySelector(".cards-count").textContent = text;
  }

  async begin() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1920 } }, audio: false,
      });
    } catch {
      this.say(this.dataset.none);
      return;
    }
    this.video.srcObject = this.stream;
    await this.video.play();
    this.querySelector("[data-start]").hidden = true;
    this.timer = setInterval(() => this.still(this.video, this.video.videoWidth, this.video.videoHeight), EVERY);
  }

  async picture(field) {
    const [file] = field.files;
    if (!file) return;
    const image = await createImageBitmap(file);
    field.value = "";
    await this.still(image, image.width, image.height);
  }

  async still(source, width, height) {
    if (!width || this.busy) return;
    this.busy = true;
    const scale = Math.min(1, LONG / Math.max(width, height));
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    this.canvas.getContext("2d").drawImage(source, 0, 0, this.canvas.width, this.canvas.height);
    try {
      const body = await new Promise((go) => this.canvas.toBlob(go, "image/jpeg", 0.82));
      const answer = await fetch(this.dataset.url, {
        method: "POST", body,
        headers: { "Content-Type": "image/jpeg", "X-CSRFToken": this.dataset.token, "Idempotency-Key": newKey(), Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(await answer.text());
      const told = await answer.json();
      if (told.cards) this.seen = Math.max(this.seen ?? 0, told.all);
      this.say(this.dataset.seen.replace("{n}", this.seen ?? 0));
    } catch {
      this.say(this.dataset.off);
    } finally {
      this.busy = false;
    }
  }
}

customElements.define("yunke-cards", Cards);
