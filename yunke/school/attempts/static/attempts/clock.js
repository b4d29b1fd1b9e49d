// The server's time on a device whose own clock may be wrong: what the server said, and what a clock
// that nobody can set has counted since.
const UNTOLD = 2000; // milliseconds: how long a part of a page may have been on its way

export class Clock {
  /** ``told``: when the page was made. It came with the document, or later in a part of it. Made
   * at once, for how long ago that was nobody knows later. ``error``: how far off it may be. */
  constructor(told, error) {
    const page = document.readyState === "complete" ? null : performance.getEntriesByType("navigation")[0];
    // A page that waits, waits before it is made: when it was made is nearer to its coming.
    this.base = Date.parse(told);
    this.since = page?.responseStart || performance.now();
    this.error = error ?? (page?.responseStart ? page.responseStart - page.requestStart : UNTOLD);
  }

  /** ``told`` came back ``took`` milliseconds after it was asked for: it was true in between. What
   * is known more exactly stays, unless both cannot be true: a device that slept lost time. */
  sync(told, took) {
    if (!told) return;
    const now = Date.parse(told) + took / 2;
    if (took / 2 > this.error && Math.abs(now - this.now) <= took / 2 + this.error) return;
    this.error = took / 2;
    this.base = now;
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
