// A roster on its way up: dropped or chosen, with a bar that moves. Without this file the form
// works as it is.
class RosterUpload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    this.classList.add("ready");
    this.input.addEventListener("change", () => this.chosen());
    if (this.input.files.length) this.chosen(); // while this file was still on its way
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    for (const kind of ["dragover", "dragleave", "drop"]) {
      this.addEventListener(kind, (event) => {
        event.preventDefault();
        this.toggleAttribute("data-over", kind === "dragover");
        if (kind !== "drop" || !event.dataTransfer.files.length) return;
        this.input.files = event.dataTransfer.files;
        this.chosen();
      });
    }
  }

  part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  wrong(text) {
    this.part("wrong").querySelector("span").textContent = text;
    this.part("wrong").hidden = !text;
  }

  chosen() {
    const file = this.input.files[0];
    this.part("name").textContent = file ? `${file.name} · ${(file.size / 2 ** 20).toFixed(1)} MB` : "";
    this.wrong(file && file.size > Number(this.dataset.largest) ? this.dataset.sayLarge : "");
  }

  send() {
    const file = this.input.files[0];
    if (!file || file.size > Number(this.dataset.largest)) return this.input.reportValidity();
    const button = this.form.querySelector("button");
    const request = new XMLHttpRequest();
    const moving = (yes) => {
      this.part("moving").hidden = !yes;
      button.disabled = yes;
    };
    request.open("POST", this.form.action);
    request.upload.onprogress = (event) => {
      const share = event.lengthComputable ? event.loaded / event.total : 0;
      this.querySelector("progress").value = share;
      this.part("share").textContent = `${Math.floor(share * 100)}%`;
      if (share === 1) this.part("word").textContent = this.dataset.saySent;
    };
    request.onerror = () => {
      moving(false);
      this.wrong(this.dataset.sayCut);
    };
    request.onload = () => {
      if (request.status < 400) return location.assign(request.responseURL);
      moving(false);
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      this.wrong(page.querySelector("[role=alert] span")?.textContent || this.dataset.sayCut);
    };
    moving(true);
    this.wrong("");
    request.send(new FormData(this.form));
  }
}

customElements.define("roster-upload", RosterUpload);
