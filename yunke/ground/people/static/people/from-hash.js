// A secret of a printed code stands behind the # of the address, so it reaches no log: it goes
// into the form's field, and the address forgets it.
customElements.define("from-hash", class extends HTMLElement {
  connectedCallback() {
    this.read();
    addEventListener("hashchange", () => this.read());
  }

  read() {
    const secret = decodeURIComponent(location.hash.slice(1));
    if (!new RegExp(this.dataset.pattern).test(secret)) return;
    this.querySelector("[data-fill]").value = secret;
    history.replaceState(null, "", location.pathname + location.search);
    this.querySelector("[data-with]")?.removeAttribute("hidden");
    this.querySelector("[data-without]")?.setAttribute("hidden", "");
  }
});
