// Setting homework: taps that fill the form, and names that can be hidden in front of a class.
class HomeworkNew extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#homework-form");
    this.addEventListener("click", (event) => this.tapped(event));
    this.form.addEventListener("change", (event) => this.changed(event));
    this.querySelector("[data-hide]")?.addEventListener("change", (event) => {
      this.classList.toggle("names-hidden", event.target.checked);
    });
    this.show();
  }

  tapped(event) {
    const minutes = event.target.closest("[data-minutes]");
    const due = event.target.closest("button[data-due]");
    const group = event.target.closest("[data-group]");
    if (minutes) this.fill("minutes", minutes.dataset.minutes);
    if (due) {
      this.fill("due", due.dataset.due);
      if (this.form.elements.slot) this.form.elements.slot.value = "";
    }
    if (group) this.choose(group.dataset.group.split(","));
  }

  fill(name, value) {
    this.form.elements[name].value = value;
    this.form.elements[name].dispatchEvent(new Event("change", { bubbles: true }));
  }

  choose(ids) {
    for (const box of this.form.querySelectorAll("input[name=pupils]")) box.checked = ids.includes(box.value);
    this.form.dispatchEvent(new Event("change", { bubbles: true }));
    this.show();
  }

  changed(event) {
    // Another class has other pupils: the page comes again with what was typed left behind it.
    if (event.target.name === "slot" && event.target.value) {
      this.form.elements.due.value = event.target.selectedOptions[0].dataset.due;
    }
    if (event.target.name === "classes") this.classChosen();
    this.show();
  }

  classChosen() {
    const chosen = [...this.form.querySelectorAll("input[name=classes]:checked")];
    const details = this.form.querySelector(".hw-pupils")?.closest("details");
    // Single pupils are of the class that the page was made for.
    if (details) details.hidden = chosen.length !== 1 || !chosen[0].defaultChecked;
    if (details?.hidden) for (const box of details.querySelectorAll("input[name=pupils]")) box.checked = false;
  }

  show() {
    for (const pill of this.querySelectorAll("button[data-minutes], button[data-due]")) {
      const field = this.form.elements[pill.dataset.minutes ? "minutes" : "due"];
      pill.setAttribute("aria-pressed", String(field.value === (pill.dataset.minutes ?? pill.dataset.due)));
    }
    const group = this.querySelector("[data-group-form]");
    const chosen = [...this.form.querySelectorAll("input[name=pupils]:checked")];
    if (!group) return;
    group.hidden = chosen.length < 2;
    group.querySelector("[data-members]").replaceChildren(
      ...chosen.map((box) => Object.assign(document.createElement("input"), { type: "hidden", name: "pupils", value: box.value })),
    );
  }
}
customElements.define("homework-new", HomeworkNew);
