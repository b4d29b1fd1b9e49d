// Reads a question to a child, where the device has a voice; where it has none, nothing is shown.
class ReadAloud extends HTMLElement {
  connectedCallback() {
    if (!("speechSynthesis" in window)) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => this.read());
  }

  disconnectedCallback() {
    window.speechSynthesis?.cancel();
  }

  read() {
    speechSynthesis.cancel();
    const said = new SpeechSynthesisUtterance(this.dataset.text);
    said.lang = this.dataset.language;
    said.rate = 0.9;
    speechSynthesis.speak(said);
  }
}
customElements.define("read-aloud", ReadAloud);
