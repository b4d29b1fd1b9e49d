// Recording sound, or choosing a film: sent once, kept on the page until it is at school.
import { newKey } from "../yunke/shell.js";

const KINDS = ["audio/mp4", "audio/webm;codecs=opus", "audio/webm", "audio/ogg"];

export class Recorder extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-record]")) this.begin();
      if (event.target.closest("[data-stop]")) this.recorder?.stop();
      if (event.target.closest("[data-again]")) this.send();
      const gone = event.target.closest("[data-remove]");
      if (gone) this.remove_(gone.closest("li"));
    });
    const file = this.querySelector("input[type=file]");
    file?.addEventListener("change", () => this.chosen(file));
    if (file) this.chosen(file); // while this file was still on its way
  }

  chosen(input) {
    [this.held] = input.files;
    if (this.held) this.send(0);
  }

  tell(text) {
    this.querySelector("[data-told]").textContent = text;
  }

  toggle() {
    if (this.recorder?.state === "recording") this.recorder.stop();
    else this.begin();
  }

  async begin() {
    const kind = KINDS.find((one) => globalThis.MediaRecorder?.isTypeSupported?.(one));
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      this.record(new MediaRecorder(stream, kind ? { mimeType: kind, audioBitsPerSecond: 32000 } : {}), stream);
    } catch {
      this.tell(this.dataset.no);
    }
  }

  record(recorder, stream) {
    const parts = [];
    const since = performance.now();
    this.recorder = recorder;
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      this.shown(false);
      this.held = new File(parts, "sound", { type: recorder.mimeType });
      this.seconds = (performance.now() - since) / 1000;
      this.send();
    });
    recorder.start(1000);
    this.shown(true);
    this.tell(this.dataset.recording);
  }

  shown(recording) {
    this.querySelector("[data-record]").hidden = recording;
    this.querySelector("[data-stop]").hidden = !recording;
  }

  async send() {
    const form = new FormData();
    form.append("file", this.held);
    form.append("seconds", String(this.seconds ?? 0));
    this.key ??= newKey();
    const again = this.querySelector("[data-again]");
    try {
      const answer = await fetch(this.dataset.address, {
        method: "POST", body: form,
        headers: { "X-CSRFToken": this.dataset.csrf, "Idempotency-Key": this.key, Accept: "application/json" },
      });
      if (!answer.ok) throw Object.assign(new Error(await answer.text()), { final: answer.status < 500 });
      const told = await answer.json();
      this.held = this.key = undefined;
      again.hidden = true;
      this.tell(this.dataset.kept);
      this.add(told);
    } catch (no) {
      if (no.final) this.key = undefined;
      again.hidden = Boolean(no.final);
      this.tell(no.final ? no.message : this.dataset.off);
    }
  }

  add(told) {
    if (this.querySelector(`[data-voice="${told.id}"]`)) return;
    const row = this.querySelector("template").content.cloneNode(true).querySelector("li");
    row.dataset.voice = told.id;
    row.querySelector("audio").src = told.address;
    this.querySelector(".hw-voices").append(row);
    this.dispatchEvent(new CustomEvent("recorded", { bubbles: true, detail: told }));
  }

  async remove_(row) {
    const answer = await fetch(`/homework/voice/${row.dataset.voice}/remove`, {
      method: "POST", headers: { "X-CSRFToken": this.dataset.csrf, "Idempotency-Key": newKey(), Accept: "application/json" },
    });
    if (answer.ok) row.remove();
    else this.tell(await answer.text());
  }
}
customElements.define("homework-recorder", Recorder);

// A question that is answered by voice or film has its recorder inside its fieldset.
for (const template of document.querySelectorAll("template[data-recorder]")) {
  const question = document.querySelector(`.question[data-question="${template.dataset.recorder}"]`);
  question?.append(template.content.cloneNode(true));
}
