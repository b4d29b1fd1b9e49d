// One panel at a time beside the video.
class Panels extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const tab = event.target.closest("[data-panel]");
      if (tab) this.open(tab.dataset.panel);
    });
  }

  open(name) {
    this.querySelectorAll("[data-panel]").forEach((tab) => tab.setAttribute("aria-pressed", String(tab.dataset.panel === name)));
    this.querySelectorAll("[data-body]").forEach((body) => (body.hidden = body.dataset.body !== name));
  }
}

customElements.define("yunke-panels", Panels);
