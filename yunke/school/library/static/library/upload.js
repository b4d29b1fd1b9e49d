// A resumable upload (tus 1.0): chunks of 8 MB, pause, and on with it after a cut or a reload.
// The server finds the growing upload of the same file by name, size and time of change, so
// choosing the file again is all it takes.
const CHUNK = 8 * 2 ** 20;
const TUS = { "Tus-Resumable": "1.0.0" };
const wait = (ms) => new Promise((go) => setTimeout(go, ms));
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** What the server said no to; no retry will change it. */
class Refused extends Error {}
class SignedOut extends Refused {}
class Paused extends Error {}

async function checked(answer) {
  if (answer.redirected || (answer.ok && !answer.headers.get("Tus-Resumable"))) throw new SignedOut();
  if ([400, 401, 403, 404, 410, 413, 415, 422].includes(answer.status)) throw new Refused(await answer.text());
  if (!answer.ok && answer.status !== 409 && answer.status !== 423) throw new Error(`${answer.status}`);
  return answer;
}

export class UploadFile extends HTMLElement {
  connectedCallback() {
    this.zone = this.querySelector(".drop-zone");
    this.input = this.zone.querySelector("input");
    this.bar = this.querySelector("progress");
    this.input.addEventListener("change", () => this.choose(this.input.files[0]));
    for (const kind of ["dragover", "dragleave", "drop"]) {
      this.zone.addEventListener(kind, (event) => {
        event.preventDefault();
        this.zone.toggleAttribute("data-over", kind === "dragover");
        if (kind === "drop") this.choose(event.dataTransfer.files[0]);
      });
    }
    this.part("pause").addEventListener("click", () => this.pause());
    this.part("go").addEventListener("click", () => this.run());
    this.part("stop").addEventListener("click", () => this.stop());
    this.leaving = (event) => this.running && event.preventDefault();
    addEventListener("beforeunload", this.leaving);
    this.online = () => this.waking?.();
    addEventListener("online", this.online);
    this.choose(this.input.files[0]); // chosen while this file was still on its way
  }

  disconnectedCallback() {
    removeEventListener("beforeunload", this.leaving);
    removeEventListener("online", this.online);
    this.aborter?.abort();
  }

  part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  say(name, text) {
    const words = this.dataset[`say${name}`] ?? text ?? "";
    this.part("word").textContent = words;
  }

  wrong(text) {
    const note = this.part("wrong");
    note.querySelector("span").textContent = text;
    note.hidden = !text;
  }

  /** Refuse at once what can be known before the first byte. */
  choose(file) {
    if (!file || this.running) return;
    this.wrong("");
    const endings = this.dataset.endings.split(",");
    const fault = !file.size ? "Empty"
      : !endings.some((ending) => file.name.toLowerCase().endsWith(ending)) ? "Kind"
      : file.size > Number(this.dataset.largest) ? "Large" : "";
    this.input.value = "";
    if (fault) return this.wrong(this.dataset[`say${fault}`]);
    Object.assign(this, { file, address: "", offset: 0 });
    this.run();
  }

  headers(more = {}) {
    return { ...TUS, "X-CSRFToken": this.dataset.csrf, ...more };
  }

  fetch(url, method, headers, body) {
    this.aborter = new AbortController();
    const options = { method, headers: this.headers(headers), body, signal: this.aborter.signal };
    return fetch(url, options).then(checked);
  }

  async run() {
    this.running = true;
    this.paused = false;
    this.show(true);
    try {
      await this.kept(() => this.begin());
      while (this.offset < this.file.size) await this.kept(() => this.send());
      await this.examined();
      this.done();
    } catch (trouble) {
      this.ended(trouble);
    }
    this.running = false;
  }

  /** Try until it works: a cut line only costs time. Paused and refused end it. */
  async kept(work) {
    for (let pause = 500; ; pause = Math.min(pause * 2, 15000)) {
      try {
        return await work();
      } catch (trouble) {
        if (this.paused) throw new Paused();
        if (trouble instanceof Refused) throw trouble;
        this.say("Waiting");
        await Promise.race([wait(pause), new Promise((go) => (this.waking = go))]);
        if (this.paused) throw new Paused();
        if (this.address) await this.align().catch((cut) => {
          if (cut instanceof Refused) throw cut;
        });
      }
    }
  }

  async begin() {
    const told = {
      filename: this.file.name, kind: this.dataset.kind, lesson: this.dataset.lesson,
      modified: String(this.file.lastModified),
      language: this.querySelector("[name=upload-language]:checked")?.value ?? "",
    };
    const metadata = Object.entries(told).map(([name, value]) => `${name} ${base64(value)}`).join(",");
    const answer = await this.fetch("/uploads", "POST", { "Upload-Length": this.file.size, "Upload-Metadata": metadata });
    this.address = answer.headers.get("Location");
    this.offset = Number(answer.headers.get("Upload-Offset"));
    this.from = { at: performance.now(), offset: this.offset };
    this.say(this.offset ? "Resumed" : "Nothing");
    this.draw(this.offset);
  }

  async align() {
    const answer = await this.fetch(this.address, "HEAD");
    this.offset = Number(answer.headers.get("Upload-Offset"));
    this.from = { at: performance.now(), offset: this.offset };
  }

  /** One chunk; XMLHttpRequest, because only it tells how much of a body has left. */
  async send() {
    const start = this.offset;
    const chunk = this.file.slice(start, start + CHUNK);
    const answer = await new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("PATCH", this.address);
      const headers = this.headers({ "Upload-Offset": start, "Content-Type": "application/offset+octet-stream" });
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => this.draw(start + Math.min(event.loaded, chunk.size));
      request.onload = () => resolve(request);
      request.onerror = request.onabort = request.ontimeout = () => reject(new Error("cut"));
      request.timeout = 120000;
      this.aborter = request;
      request.send(chunk);
    });
    if (!answer.responseURL.endsWith(this.address)) throw new SignedOut();
    if (answer.status === 409 || answer.status === 423 || answer.status >= 500) throw new Error("again");
    if (answer.status !== 204) throw new Refused(answer.responseText);
    this.offset = Number(answer.getResponseHeader("Upload-Offset"));
    this.say("Nothing");
    this.draw(this.offset);
  }

  /** All bytes are there; wait for the examination, and for the film to be watchable. */
  async examined() {
    this.say("Examining");
    this.running = false;
    this.part("pause").hidden = this.part("stop").hidden = true;
    for (;;) {
      const answer = await fetch(this.address, { headers: { Accept: "application/json" } });
      if (answer.status === 422) throw new Refused((await answer.json()).reason);
      const told = answer.ok && !answer.redirected ? await answer.json() : {};
      if (told.state === "ready" || told.state === "preparing") return;
      await wait(400);
    }
  }

  draw(bytes) {
    const share = bytes / this.file.size;
    this.bar.value = share;
    const seconds = (performance.now() - this.from.at) / 1000;
    const speed = (bytes - this.from.offset) / Math.max(seconds, 0.2);
    const numbers = [`${Math.floor(share * 100)}%`];
    if (speed > 0 && seconds > 1) {
      numbers.push(`${(speed / 2 ** 20).toFixed(1)} MB/s`);
      const left = (this.file.size - bytes) / speed;
      const { sayLeft, saySeconds, sayMinutes } = this.dataset;
      numbers.push(left < 90 ? `${sayLeft} ${Math.ceil(left)} ${saySeconds}` : `${sayLeft} ${Math.ceil(left / 60)} ${sayMinutes}`);
    }
    this.part("numbers").textContent = numbers.join(" · ");
  }

  show(moving) {
    this.zone.hidden = moving;
    this.querySelector(".moving").hidden = !moving;
    this.part("name").textContent = this.file.name;
    this.part("pause").hidden = this.paused;
    this.part("go").hidden = !this.paused;
    this.part("stop").hidden = false;
    document.querySelector(this.dataset.list)?.classList.toggle("sending", moving);
  }

  pause() {
    this.paused = true;
    this.waking?.();
    this.aborter?.abort();
  }

  async stop() {
    this.pause();
    if (this.address) await fetch(this.address, { method: "DELETE", headers: this.headers() }).catch(() => 0);
    this.done();
  }

  ended(trouble) {
    if (trouble instanceof Paused) {
      this.say("Paused");
      this.show(true);
      return;
    }
    this.wrong(trouble instanceof SignedOut ? this.dataset.saySignedOut : trouble.message);
    this.done();
  }

  done() {
    this.show(false);
    this.renew();
  }

  renew() {
    document.querySelector(this.dataset.list)?.dispatchEvent(new Event("renew"));
  }
}

customElements.define("upload-file", UploadFile);

// An upload left behind, or the note of a refused one, is put away.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-forget]");
  if (!button) return;
  const token = document.querySelector("upload-file").dataset.csrf;
  await fetch(`/uploads/${button.dataset.forget}`, { method: "DELETE", headers: { ...TUS, "X-CSRFToken": token } });
  button.closest("[hx-get]").dispatchEvent(new Event("renew"));
});
