// Writing a question: rows that grow, keys for mathematics, a picture in the text.
const told = (form) => form?.dispatchEvent(new Event("rows", { bubbles: true }));

class QuestionRows extends HTMLElement {
  connectedCallback() {
    this.rows = this.querySelector(".rows-in");
    this.querySelectorAll("[data-more], [data-away]").forEach((button) => { button.hidden = false; });
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-more]")) this.more();
      const away = event.target.closest("[data-away]");
      if (away) this.drop(away.closest("[data-row]"));
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      const next = event.target.closest("[data-row]")?.nextElementSibling;
      if (next) next.querySelector(`[name="${event.target.name}"]`)?.focus();
      else this.more(event.target.name);
    });
    this.name();
  }

  more(name) {
    this.rows.append(this.querySelector("template").content.cloneNode(true));
    const row = this.rows.lastElementChild;
    row.querySelectorAll("[data-away]").forEach((button) => { button.hidden = false; });
    this.name();
    (row.querySelector(name ? `[name="${name}"]` : "input:not([type=hidden], [type=radio], [type=checkbox])"))?.focus();
  }

  drop(row) {
    const near = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    this.name();
    (near?.querySelector("[data-away]") ?? this.querySelector("[data-more]")).focus();
    told(this.closest("form"));
  }

  /** Letters or numbers after the order; a row keeps its tick. */
  name() {
    [...this.rows.children].forEach((row, at) => {
      const letter = String.fromCharCode(65 + at);
      if (this.dataset.letters !== undefined) {
        row.querySelector("[name=option_id]").value = letter;
        row.querySelector("[name=right]").value = letter;
        row.querySelector("[data-letter]").textContent = letter;
      }
      if (this.dataset.numbers !== undefined) {
        row.querySelector("[data-number]").textContent = String(at + 1);
        const closed = row.querySelector("[name=blank_closed]");
        if (closed) closed.value = String(at + 1);
      }
    });
  }
}
customElements.define("question-rows", QuestionRows);

class QuestionText extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.querySelector(".text-keys").hidden = false;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-put]");
      if (button) this.put(button.dataset.put);
    });
    this.querySelector("[data-picture]").addEventListener("change", (event) => this.picture(event.target));
  }

  put(text) {
    const { field } = this;
    const inside = field.value.slice(field.selectionStart, field.selectionEnd);
    const [before, after] = text.includes("|") ? text.split("|") : [text, ""];
    const at = field.selectionStart + before.length + inside.length;
    field.setRangeText(before + inside + after, field.selectionStart, field.selectionEnd);
    field.focus();
    field.setSelectionRange(at, at);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async picture(input) {
    if (!input.files.length) return;
    const form = new FormData();
    form.append("picture", input.files[0]);
    input.value = "";
    const { newKey, say } = await import("../yunke/shell.js");
    const answer = await fetch("/questions/picture", {
      method: "POST", body: form,
      headers: { Accept: "application/json", "Idempotency-Key": newKey(), "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value },
    }).catch(() => null);
    if (answer?.ok) this.put(`\n![|](media/${(await answer.json()).name})\n`);
    else say(answer ? await answer.text() : "…");
  }
}
customElements.define("question-text", QuestionText);
