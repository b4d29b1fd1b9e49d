// The server's time on a device whose own clock may be wrong: what the server said, and what a clock
// that nobody can set has counted since. A device that slept asks again before it shows anything.
const OLD = 120_000, FIRST = 150; // milliseconds: when to ask anew; how far off a page's own time may be

export class Clock {
  /** ``told``: when the page was made. It came with the document, or later in a part of it. */
  constructor(told) {
    const page = document.readyState === "complete" ? null : performance.getEntriesByType("navigation")[0];
    this.base = Date.parse(told);
    this.since = page?.responseStart || performance.now();
    this.error = FIRST;
  }

  /** ``told`` came back ``took`` milliseconds after it was asked for: it was true in between. */
  sync(told, took) {
    const old = performance.now() - this.since > OLD;
    if (!told || (took / 2 > this.error && !old)) return;
    this.error = took / 2;
    this.base = Date.parse(told) + took / 2;
    this.since = performance.now();
  }

  /** Milliseconds since 1970, as the server would say. */
  get now() {
    return Math.round(this.base + performance.now() - this.since);
  }

  /** A number above ``last`` that grows with time: whichever device wrote later has the higher. */
  seq(last) {
    return Math.max(last + 1, this.now * 1000 + Math.floor(Math.random() * 1000));
  }
}
