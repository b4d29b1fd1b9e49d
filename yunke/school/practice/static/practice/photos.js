// More photographs than one upload takes are refused when they are chosen, before anything is sent.
class ManyPhotos extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.input.addEventListener("change", () => this.look());
    this.look();
  }

  look() {
    const many = this.input.files.length > Number(this.dataset.most);
    const said = this.querySelector("[role=alert]");
    said.textContent = many ? this.dataset.many : "";
    said.hidden = !many;
    this.input.setCustomValidity(said.textContent);
    if (many) this.input.reportValidity();
  }
}

customElements.define("many-photos", ManyPhotos);
