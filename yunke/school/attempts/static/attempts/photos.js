// Photographs: made smaller on the phone, sent at once, told at once when they cannot be read.
import { readAnswer, writeAnswer } from "../library/question.js";

const LONG = 2400, LARGEST = 40 * 2 ** 20, AGAIN = 6000;
const pictures = (file) => file.type.startsWith("image/") || /\.(heic|heif)$/i.test(file.name);

/** Upright and small when the browser can read it; as it is when only the school can (HEIC). */
async function shrink(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
    return blob && (scale < 1 || blob.size < file.size || !/jpeg/.test(file.type)) ? blob : file;
  } catch {
    return file;
  }
}

/** Sends until it is there; gives what the school says of it, or throws its word. */
async function send(attempt, question, file, waiting) {
  const body = new FormData();
  body.append("photo", await shrink(file), "photo");
  body.append("question", question);
  for (;;) {
    try {
      const answer = await fetch(`/attempts/${attempt}/photos`, { method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" } });
      if (answer.ok) return await answer.json();
      if (answer.status < 500) throw Object.assign(new Error(await answer.text()), { final: true });
    } catch (trouble) {
      if (trouble.final) throw trouble;
    }
    waiting();
    await new Promise((go) => { setTimeout(go, AGAIN); addEventListener("online", go, { once: true }); });
  }
}

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

/** Photographs of one place: of a question (its answer is their list) or of the whole attempt. */
export class Photos {
  constructor(attempt, place, { question, list, words, row, sender, field }) {
    Object.assign(this, { attempt, place, question, list, words, row, sender, field });
    this.input = place.querySelector("input[type=file]");
    this.why = place.querySelector("[data-why]") ?? place.appendChild(Object.assign(document.createElement("p"), { className: "why photo-why", hidden: true }));
    this.why.setAttribute("role", "alert");
    this.input?.addEventListener("change", (event) => { event.stopPropagation(); this.chosen(); });
    list.addEventListener("click", (event) => event.target.closest("[data-remove]") && this.drop(event.target.closest("li")));
    if (field) this.paint();
    if (this.input) this.chosen(); // while this file was still on its way
  }

  chosen() {
    this.take([...this.input.files]);
    this.input.value = "";
  }

  paint() {
    this.list.replaceChildren(...(readAnswer(this.field) ?? []).map((one) => this.line(one)));
  }

  line(one) {
    const line = this.row.content.firstElementChild.cloneNode(true);
    if (!one) return line;
    line.dataset.photo = one.id;
    const link = Object.assign(document.createElement("a"), { href: one.url, target: "_blank", rel: "noopener" });
    link.append(Object.assign(document.createElement("img"), { src: one.url, alt: "" }));
    line.firstElementChild.replaceWith(link);
    if (this.field?.disabled) line.querySelector("[data-remove]")?.remove();
    return line;
  }

  async take(files) {
    this.say("");
    for (const file of files) {
      if (!pictures(file)) { this.say(this.words.unreadable); continue; }
      if (file.size > LARGEST) { this.say(this.words.long); continue; }
      const line = this.line(null);
      this.list.append(line);
      const coming = send(this.attempt, this.question, file, () => this.say(this.words.off));
      this.sender.pending.add(coming);
      this.sender.tell();
      try {
        const kept = await coming;
        this.say("");
        line.replaceWith(this.line(kept));
        this.changed([...(this.field ? readAnswer(this.field) ?? [] : []), { id: kept.id, url: kept.url }]);
      } catch (trouble) {
        line.remove();
        this.say(trouble.message || this.words.unreadable);
      } finally {
        this.sender.pending.delete(coming);
        this.sender.tell();
      }
    }
  }

  async drop(line) {
    const id = Number(line.dataset.photo);
    if (!id) return;
    const answer = await fetch(`/attempts/${this.attempt}/photos/${id}/drop`, { method: "POST", headers: { "X-CSRFToken": token() } }).catch(() => null);
    if (!answer?.ok) return this.say(this.words.off);
    line.remove();
    this.changed((this.field ? readAnswer(this.field) ?? [] : []).filter((one) => one.id !== id));
  }

  changed(value) {
    if (!this.field) return;
    writeAnswer(this.field, value);
    this.paint();
    this.sender.change(this.question, value.length ? value : null);
  }

  say(words) {
    this.why.textContent = words;
    this.why.hidden = !words;
  }
}
