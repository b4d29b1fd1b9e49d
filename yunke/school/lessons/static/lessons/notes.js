// Notes pinned to a second: written beside the video, kept by the server, undone if deleted.
import { newKey, say, send } from "../yunke/shell.js";
import { clock, thePlayer } from "./words.js";

class Notes extends HTMLElement {
  async connectedCallback() {
    this.notes = JSON.parse(document.getElementById(this.dataset.feed).textContent);
    this.form = this.querySelector("form");
    this.field = this.querySelector("textarea");
    this.list = this.querySelector("ol");
    this.row = this.querySelector("template").content.firstElementChild;
    this.doing = this.querySelector("[data-show=do]");
    this.firstWord = this.doing.textContent;
    this.player = await thePlayer();
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
    this.field.addEventListener("focus", () => { if (!this.field.value) this.pin(); });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.form.requestSubmit(); }
      if (event.key === "Escape") this.clear();
    });
    this.list.addEventListener("click", (event) => this.press(event));
    this.player?.addEventListener("tick", () => { if (!this.field.value && document.activeElement !== this.field) this.pin(); });
    this.player?.addEventListener("note-asked", () => { this.closest("yunke-panels")?.open("notes"); this.field.focus(); });
    this.pin();
    this.draw();
  }

  pin(at = this.player?.now ?? 0) {
    this.at = Math.round(at * 10) / 10;
    this.querySelector("[data-show=at]").textContent = clock(this.at);
  }

  clear() {
    this.field.value = "";
    this.changing = 0;
    this.doing.textContent = this.firstWord;
    this.field.blur();
    this.pin();
  }

  async save() {
    const text = this.field.value.trim();
    if (!text) return;
    const note = { lesson: Number(this.dataset.lesson), at: this.at, text, ...(this.changing ? { id: this.changing } : {}) };
    // The key belongs to these words: pressing twice, or trying again later, keeps one note.
    const stamp = JSON.stringify(note);
    if (this.stamp !== stamp) [this.stamp, this.key] = [stamp, newKey()];
    try {
      const kept = await send("/front/notes", note, this.key);
      this.notes = [...this.notes.filter((n) => n.id !== kept.id), kept];
      this.stamp = "";
      this.clear();
      this.draw();
      say(this.dataset.saved);
    } catch (trouble) {
      say(trouble.final ? trouble.message : this.dataset.kept);
      if (!trouble.final) addEventListener("online", () => this.save(), { once: true });
    }
  }

  press(event) {
    const what = event.target.closest("button")?.dataset.do;
    const note = this.notes.find((n) => String(n.id) === event.target.closest("li")?.dataset.id);
    if (!note || !what) return;
    if (what === "jump") { this.player?.seek(note.at); this.player?.play(); }
    else if (what === "edit") this.edit(note);
    else this.remove(note);
  }

  edit(note) {
    this.changing = note.id;
    this.field.value = note.text;
    this.pin(note.at);
    this.doing.textContent = this.dataset.change;
    this.field.focus();
  }

  async remove(note) {
    try {
      await send("/front/notes", { id: note.id, delete: true });
      this.notes = this.notes.filter((n) => n.id !== note.id);
      if (this.changing === note.id) this.clear();
      this.draw();
      this.offerUndo(note);
    } catch (trouble) {
      say(trouble.final ? trouble.message : this.dataset.kept);
    }
  }

  offerUndo(note) {
    say(this.dataset.deleted);
    const button = document.createElement("button");
    button.className = "toast-do";
    button.textContent = this.dataset.undo;
    button.addEventListener("click", async () => {
      button.disabled = true;
      const kept = await send("/front/notes", { lesson: note.lesson_id ?? note.lesson, at: note.at, text: note.text });
      this.notes.push(kept);
      this.draw();
      button.closest(".toast")?.remove();
    });
    document.querySelector(".toasts")?.lastElementChild?.append(button);
  }

  draw() {
    this.notes.sort((a, b) => a.at - b.at || a.id - b.id);
    this.list.replaceChildren(...this.notes.map((note) => {
      const row = this.row.cloneNode(true);
      row.dataset.id = note.id;
      const jump = row.querySelector("[data-do=jump]");
      jump.textContent = clock(note.at);
      jump.setAttribute("aria-label", `${this.dataset.jump} ${clock(note.at)}`);
      row.querySelector(".note-text").textContent = note.text;
      for (const what of ["edit", "delete"]) row.querySelector(`[data-do=${what}]`).setAttribute("aria-label", this.dataset[what]);
      return row;
    }));
    this.querySelector(".note-none").hidden = this.notes.length > 0;
    if (this.player) { this.player.bar.notes = this.notes.map((note) => note.at); this.player.bar.draw(); }
  }
}

customElements.define("yunke-notes", Notes);
