// What a device keeps of attempts: copies and boxes under names that tell nobody whose they are.
const DAY = 86_400_000;
const OLD = 60; // days
const ALL = ["copies", "boxes", "sheets"];

export class Store {
  static open() {
    return new Promise((done, fail) => {
      const asked = indexedDB.open("yunke-attempts", 2);
      asked.onupgradeneeded = () => ALL.filter((name) => !asked.result.objectStoreNames.contains(name)).forEach((name) => asked.result.createObjectStore(name));
      asked.onsuccess = () => done(new Store(asked.result));
      asked.onerror = asked.onblocked = () => fail(asked.error);
    });
  }

  constructor(base) {
    this.base = base;
  }

  /** Copy and box of one attempt, both or neither; without a box there is nothing left to send. */
  keep(slot, copy, box) {
    const day = Math.floor(Date.now() / DAY);
    return this.write(["copies", "boxes"], (copies, boxes) => {
      copies.put({ bytes: copy, day }, slot);
      if (box) boxes.put({ bytes: box, day }, slot);
      else boxes.delete(slot);
    });
  }

  copy(slot) {
    return this.read("copies", (copies) => copies.get(slot)).then((found) => found?.bytes ?? null);
  }

  drop(slot) {
    return this.write(ALL, (...all) => all.forEach((one) => one.delete(slot)));
  }

  keepSheet(slot, bytes) {
    return this.write(["sheets"], (sheets) => sheets.put({ bytes, day: Math.floor(Date.now() / DAY) }, slot));
  }

  sheet(slot) {
    return this.read("sheets", (sheets) => sheets.get(slot)).then((found) => found?.bytes ?? null);
  }

  forgetSheets() {
    return this.write(["sheets"], (sheets) => sheets.clear());
  }

  /** Every box on this device, by name. */
  async boxes() {
    const names = await this.read("boxes", (boxes) => boxes.getAllKeys());
    const found = await this.read("boxes", (boxes) => boxes.getAll());
    return new Map(names.map((name, n) => [name, found[n]?.bytes]).filter(([, bytes]) => bytes));
  }

  /** Throw a delivered box away, unless a newer one lies there under its name by now. */
  delivered(name, bytes) {
    return this.write(["boxes"], (boxes) => {
      const asked = boxes.get(name);
      asked.onsuccess = () => {
        const there = asked.result?.bytes;
        if (there && there.length === bytes.length && there.every((byte, n) => byte === bytes[n])) boxes.delete(name);
      };
    });
  }

  /** What nobody came back for in two months. */
  sweep() {
    const today = Math.floor(Date.now() / DAY);
    return this.write(ALL, (...kinds) => kinds.forEach((all) => {
      all.openCursor().onsuccess = (event) => {
        const at = event.target.result;
        if (!at) return;
        if (today - at.value.day > OLD) at.delete();
        at.continue();
      };
    }));
  }

  read(name, ask) {
    return new Promise((done, fail) => {
      const asked = ask(this.base.transaction(name).objectStore(name));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  }

  write(names, work) {
    return new Promise((done, fail) => {
      const deal = this.base.transaction(names, "readwrite", { durability: "strict" });
      deal.oncomplete = () => done();
      deal.onerror = deal.onabort = () => fail(deal.error);
      work(...names.map((name) => deal.objectStore(name)));
    });
  }
}
