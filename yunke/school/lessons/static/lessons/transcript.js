// The captions as a text that can be searched; a click on a line jumps there.
import { clock, made, thePlayer } from "./words.js";

class Transcript extends HTMLElement {
  async connectedCallback() {
    this.list = this.querySelector("ol");
    this.status = this.querySelector("[role=status]");
    this.field = this.querySelector("input");
    this.player = await thePlayer();
    if (!this.player) return;
    this.field.addEventListener("input", () => this.find());
    this.player.addEventListener("cues", () => this.fill());
    this.player.choices.captions.addEventListener("change", () => this.fill());
    this.player.addEventListener("tick", (event) => this.follow(event.detail));
    this.fill();
  }

  track() {
    const tracks = [...this.player.video.textTracks].filter((track) => track.cues?.length);
    const wanted = this.player.choices.captions.value || this.player.feed.language;
    return tracks.find((track) => track.language === wanted) ?? tracks.find((track) => track.language.startsWith(wanted)) ?? tracks[0];
  }

  fill() {
    const track = this.track();
    if (!track) return;
    this.lines = [...track.cues].map((cue) => {
      const text = cue.text.replace(/<[^>]*>/g, "").replace(/\s*\n\s*/g, " ");
      const button = made("button", { type: "button", class: "jump", "data-at": String(cue.startTime + 0.05) }, made("span", { class: "jump-time number" }, clock(cue.startTime)), made("span", {}, text));
      return { from: cue.startTime, to: cue.endTime, text, row: made("li", {}, button), words: button.lastChild };
    });
    this.list.lang = track.language;
    this.list.replaceChildren(...this.lines.map((line) => line.row));
    this.find();
  }

  find() {
    const wanted = this.field.value.trim().toLowerCase();
    let found = 0;
    for (const { row, words, text } of this.lines ?? []) {
      const at = wanted ? text.toLowerCase().indexOf(wanted) : -1;
      row.hidden = Boolean(wanted) && at < 0;
      if (at < 0) words.textContent = text;
      else words.replaceChildren(text.slice(0, at), made("mark", {}, text.slice(at, at + wanted.length)), text.slice(at + wanted.length));
      found += at >= 0;
    }
    this.status.textContent = wanted && !found ? this.status.dataset.none : "";
  }

  follow(now) {
    const current = this.lines?.find((line) => now >= line.from && now < line.to);
    if (current === this.current) return;
    this.current?.row.removeAttribute("aria-current");
    this.current = current;
    if (!current) return;
    current.row.setAttribute("aria-current", "true");
    if (!this.contains(document.activeElement) && !this.closest("[hidden]")) {
      const list = this.list;
      list.scrollTo({ top: current.row.offsetTop - list.clientHeight / 2, behavior: "smooth" });
    }
  }
}

customElements.define("yunke-transcript", Transcript);
