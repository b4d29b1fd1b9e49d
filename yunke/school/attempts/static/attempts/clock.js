// The server's time on a device whose own clock may be wrong: what the server said, and what a clock
// that nobody can set has counted since. A device that slept asks again before it shows anything.
export class Clock {
  constructor(told) {
    this.base = Date.parse(told);
    this.since = performance.now();
    this.best = Infinity;
  }

  /** ``told`` came back ``took`` milliseconds after it was asked for: it was true in between. */
  sync(told, took) {
    const old = performance.now() - this.since > 120_000;
    if (!told || (took > this.best * 2 && took > 400 && !old)) return;
    this.best = Math.min(old ? took : this.best, took);
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
