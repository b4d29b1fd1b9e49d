// The picture pad without a page turn between taps: the first two pictures stay here, the third
// sends the form as it is. Without this script each tap is a small form of its own.
customElements.define("picture-pad", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.slots3 = [...this.querySelectorAll("[data-slot]")];
    this.form.addEventListener("click", (event) => this.tapped(event));
  }

  get chosen() { return this.form.chosen.value.split(" ").filter(Boolean); }

  tapped(event) {
    const key = event.target.closest("button");
    if (!key) return;
    if (key.name === "undo") {
      event.preventDefault();
      return this.show(this.chosen.slice(0, -1));
    }
    const chosen = this.chosen;
    if (key.name !== "picture" || chosen.length >= this.slots3.length - 1) return;
    event.preventDefault();
    this.show([...chosen, key.value]);
  }

  show(chosen) {
    this.form.chosen.value = chosen.join(" ");
    this.slots3.forEach((slot, place) => {
      const key = chosen[place] && this.form.querySelector(`[name=picture][value=${chosen[place]}]`);
      slot.replaceChildren();
      if (!key) return;
      const drawn = document.createElement("span");
      drawn.className = [...key.classList].find((name) => name.startsWith("s-"));
      drawn.append(key.querySelector("svg").cloneNode(true));
      slot.append(drawn);
    });
  }
});
