// Sheet after sheet before a phone's camera: each picture goes off by itself and says what became
// of it. Without a camera or a script the plain form below does the same.
import { newKey } from "../yunke/shell.js";

class Sheets extends HTMLElement {
  connectedCallback() {
    this.queue = [];
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("[data-list]");
    this.sent = 0;
    this.input.addEventListener("change", () => this.chosen());
    this.querySelector("[data-plain]").hidden = true;
    this.querySelector("[data-shutter]").addEventListener("click", () => this.shoot());
    addEventListener("online", () => this.work());
    this.open();
    this.chosen(); // while this file was still on its way
  }

  disconnectedCallback() {
    this.stream?.getTracks().forEach((track) => track.stop());
  }

  chosen() {
    if (!this.input.files.length) return;
    for (const file of this.input.files) this.add(file, file.name);
    this.input.value = "";
    this.input.required = false;
  }

  async open() {
    const asked = { video: { facingMode: "environment", width: { ideal: 2560 }, height: { ideal: 1920 } } };
    try {
      this.stream = await navigator.mediaDevices.getUserMedia(asked);
    } catch {
      return; // no camera, or not allowed: the field for photographs stays
    }
    this.video = this.querySelector("video");
    this.video.srcObject = this.stream;
    await this.video.play();
    this.querySelector(".camera").hidden = false;
    this.querySelector("[data-shutter]").hidden = false;
  }

  shoot() {
    const canvas = document.createElement("canvas");
    canvas.width = this.video.videoWidth;
    canvas.height = this.video.videoHeight;
    canvas.getContext("2d").drawImage(this.video, 0, 0);
    const frame = this.querySelector(".camera");
    frame.classList.remove("flash");
    requestAnimationFrame(() => frame.classList.add("flash"));
    const name = `${new Date().toTimeString().slice(0, 8).replaceAll(":", "")}.jpg`;
    canvas.toBlob((picture) => picture && this.add(picture, name), "image/jpeg", 0.85);
  }

  add(picture, name) {
    const line = document.createElement("li");
    const text = document.createElement("span");
    text.className = "grow cut";
    text.textContent = name;
    const state = document.createElement("span");
    state.className = "chip info";
    state.textContent = this.dataset.sending;
    line.append(text, state);
    this.list.prepend(line);
    this.queue.push({ picture, name, state, key: newKey() });
    this.work();
  }

  async work() {
    if (this.busy) return;
    this.busy = true;
    while (this.queue.length) {
      const one = this.queue[0];
      const done = await this.send(one);
      if (!done) {
        this.say(one, "wait", this.dataset.waiting);
        setTimeout(() => this.work(), 4000);
        break;
      }
      this.queue.shift();
    }
    this.busy = false;
  }

  /** True when there is nothing more to do for it: stored, or refused for good. */
  async send(one) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.append("files", one.picture, one.name);
    try {
      const headers = { Accept: "application/json", "Idempotency-Key": one.key };
      const answer = await fetch(this.dataset.to, { method: "POST", body, headers });
      if (answer.status === 503 || answer.status === 429) return false;
      if (!answer.ok) return this.say(one, "wrong", (await answer.text()).slice(0, 120) || this.dataset.refused);
      const told = await answer.json();
      this.querySelector("[data-count]").textContent = ++this.sent;
      return this.say(one, "good", told.fresh ? this.dataset.sent : this.dataset.before);
    } catch {
      return false;
    }
  }

  say(one, kind, words) {
    one.state.className = `chip ${kind}`;
    one.state.textContent = words;
    return true;
  }
}
customElements.define("yunke-sheets", Sheets);
