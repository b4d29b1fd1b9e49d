// One tick for the whole class; the single ones stay free to be changed.
customElements.define("tick-all", class extends HTMLElement {
  connectedCallback() {
    const all = this.querySelector("input");
    const ticks = [...this.closest("form").querySelectorAll("input[name=pupil]")];
    const look = () => {
      const on = ticks.filter((tick) => tick.checked).length;
      all.checked = on > 0 && on === ticks.length;
      all.indeterminate = on > 0 && on < ticks.length;
    };
    all.addEventListener("change", () => ticks.forEach((tick) => (tick.checked = all.checked)));
    ticks.forEach((tick) => tick.addEventListener("change", look));
    look();
  }
});
