// A pupil's phone at a live question: the value as it is marked, and what comes next.
import { prepareQuestions, readAnswer } from "../library/question.js";

const EVERY = 2000;

class Live extends HTMLElement {
  connectedCallback() {
    prepareQuestions(this);
    const form = this.querySelector("form");
    form?.addEventListener("submit", () => {
      form.elements.value.value = JSON.stringify(readAnswer(form.querySelector("fieldset.question")));
    });
    this.timer = setInterval(() => this.look(), EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async look() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(`/live-quiz/${this.dataset.live}/state`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { state, next } = await answer.json();
      if (next && String(next) !== this.dataset.live) location.href = `/live-quiz/${next}`;
      else if (state !== this.dataset.state) location.reload();
    } catch {
      // No network: the page is as it was, the next look comes by itself.
    }
  }
}

customElements.define("yunke-live", Live);
