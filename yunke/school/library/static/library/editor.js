// Knowledge points as chips, chapters as rows: both are plain form fields underneath.
class PointPicker extends HTMLElement {
  connectedCallback() {
    this.chips = this.querySelector("[data-chips]");
    this.input = this.querySelector("#point");
    this.addEventListener("click", (event) => {
      const chosen = event.target.closest("[data-point]");
      if (chosen) this.add(chosen.dataset.point);
      const away = event.target.closest(".chip button");
      if (away) away.closest(".chip").remove();
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = this.querySelector("[data-point]");
      if (first || this.input.value.trim()) this.add(first?.dataset.point ?? this.input.value.trim());
    });
  }

  add(name) {
    const there = [...this.chips.querySelectorAll("input")].some((input) => input.value === name);
    if (!there) {
      const chip = this.querySelector("template").content.firstElementChild.cloneNode(true);
      chip.querySelector("input").value = name;
      chip.querySelector("span").textContent = name;
      this.chips.append(chip);
    }
    this.input.value = "";
    this.querySelector(".suggestions").replaceChildren();
    this.input.focus();
  }
}
customElements.define("point-picker", PointPicker);

class ChapterRows extends HTMLElement {
  connectedCallback() {
    const more = this.querySelector("[data-more]");
    more.addEventListener("click", () => {
      const row = this.querySelector("template").content.cloneNode(true);
      more.before(row);
      more.previousElementSibling.querySelector("input").focus();
    });
  }
}
customElements.define("chapter-rows", ChapterRows);
