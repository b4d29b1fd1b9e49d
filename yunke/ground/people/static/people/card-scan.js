// Reads the QR code of a login card with the camera, or from a photograph of it (a page that is
// not served over HTTPS gets no camera from the browser). jsQR does the reading.
const CARD = /\/card#([A-Za-z0-9_-]{16,64})$/;
const WIDE = 1000;

customElements.define("card-scan", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.video = this.querySelector("video");
    this.canvas = document.createElement("canvas");
    const open = this.querySelector("[data-open]");
    if (!navigator.mediaDevices?.getUserMedia) {
      open.hidden = true;
      this.say(this.dataset.none);
      this.querySelector("[data-photo]").closest("label").classList.add("main-thing");
    }
    open.addEventListener("click", () => this.open(open));
    const photo = this.querySelector("[data-photo]");
    photo.addEventListener("change", () => this.photo(photo));
    this.photo(photo); // chosen while this file was still on its way
  }

  disconnectedCallback() { this.close(); }

  async open(button) {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    } catch {
      button.hidden = true;
      return this.say(this.dataset.none);
    }
    button.hidden = true;
    this.querySelector(".scan-idle").hidden = true;
    this.querySelector(".scan-view").hidden = false;
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look();
  }

  look() {
    if (!this.stream) return;
    if (this.video.readyState >= 2 && this.found(this.video, this.video.videoWidth, this.video.videoHeight)) return;
    setTimeout(() => this.look(), 120);
  }

  async photo(input) {
    if (!input.files[0]) return;
    const picture = await createImageBitmap(input.files[0]).catch(() => null);
    if (!picture || !this.found(picture, picture.width, picture.height)) this.say(this.dataset.bad);
    input.value = "";
  }

  /** Reads a picture; a card's token is sent at once. */
  found(source, width, height) {
    const scale = Math.min(1, WIDE / Math.max(width, height));
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    const paper = this.canvas.getContext("2d", { willReadFrequently: true });
    paper.drawImage(source, 0, 0, this.canvas.width, this.canvas.height);
    const pixels = paper.getImageData(0, 0, this.canvas.width, this.canvas.height);
    const text = globalThis.jsQR?.(pixels.data, pixels.width, pixels.height)?.data;
    if (!text) return false;
    const token = CARD.exec(text)?.[1];
    if (!token) {
      this.say(this.dataset.bad);
      return false;
    }
    this.close();
    this.form.token.value = token;
    this.form.requestSubmit();
    return true;
  }

  close() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
  }

  say(text) {
    const line = this.querySelector("[data-say]");
    line.textContent = text;
    line.hidden = false;
  }
});
