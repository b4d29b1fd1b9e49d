// Choosing questions for a form: ticks on the left become an ordered list of hidden fields.
class QuestionPick extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-chosen]");
    this.addEventListener("change", (event) => event.target.matches("[data-pick]") && this.tick(event.target));
    this.addEventListener("click", (event) => {
      const row = event.target.closest("[data-chosen] > li");
      const step = event.target.closest("[data-step]");
      if (row && step) this.step(row, Number(step.dataset.step));
      if (row && event.target.closest("[data-away]")) this.drop(row);
    });
    this.addEventListener("htmx:afterSettle", () => this.mark());
    this.told();
  }

  /** The chosen ids in order. */
  get value() {
    return [...this.list.children].map((row) => Number(row.dataset.id));
  }

  tick(box) {
    const there = this.list.querySelector(`li[data-id="${box.dataset.pick}"]`);
    if (box.checked && !there) this.list.append(this.row(box));
    if (!box.checked && there) there.remove();
    this.changed();
  }

  row(box) {
    const row = this.querySelector("template").content.querySelector("li").cloneNode(true);
    row.dataset.id = row.querySelector("input").value = box.dataset.pick;
    row.querySelector("[data-kind]").textContent = box.dataset.kind;
    row.querySelector("[data-stem]").textContent = box.dataset.stem;
    return row;
  }

  step(row, by) {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    row.querySelector(`[data-step="${by}"]`).focus();
    this.changed();
  }

  drop(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector("[data-away]") ?? this.querySelector("input[type=search]"))?.focus();
    this.mark();
    this.changed();
  }

  mark() {
    const chosen = new Set(this.value.map(String));
    this.querySelectorAll("[data-pick]").forEach((box) => { box.checked = chosen.has(box.dataset.pick); });
  }

  changed() {
    this.told();
    this.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: this.value }));
  }

  told() {
    const sum = this.querySelector("[data-sum]");
    sum.textContent = this.list.children.length ? sum.dataset.sum.replace("{}", String(this.list.children.length)) : "";
    this.querySelector("[data-none]").hidden = this.list.children.length > 0;
  }
}
customElements.define("question-pick", QuestionPick);
