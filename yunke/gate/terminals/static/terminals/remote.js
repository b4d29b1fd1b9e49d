// A remote control has four arrows, OK and Back. One thing has the focus, always, and an arrow
// moves it to the nearest thing that way: along the shelf, or to the shelf above or below.
// ES2017 on purpose: TVs keep their browsers for ten years.
"use strict";
(function () {
  const LEFT = 37, UP = 38, RIGHT = 39, DOWN = 40, OK = 13;
  // Backspace, Escape, LG webOS, Samsung Tizen.
  const BACK = [8, 27, 461, 10009];
  const NAMES = { ArrowLeft: LEFT, ArrowUp: UP, ArrowRight: RIGHT, ArrowDown: DOWN, Enter: OK, GoBack: 461, BrowserBack: 461 };
  const PLACE = "yunke-tv:" + location.pathname + location.search;

  function code(event) {
    return NAMES[event.key] || event.keyCode;
  }

  function all() {
    return Array.prototype.filter.call(document.querySelectorAll("a[href], button"), function (node) {
      return node.offsetWidth > 0 && !node.disabled;
    });
  }

  function middle(node) {
    const box = node.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2, top: box.top, bottom: box.bottom, left: box.left, right: box.right };
  }

  /** How far a candidate is that way; Infinity when it is not that way at all. */
  function distance(from, to, way) {
    const aside = way === LEFT || way === RIGHT;
    const sign = way === LEFT || way === UP ? -1 : 1;
    const ahead = sign * (aside ? to.x - from.x : to.y - from.y);
    const beside = Math.abs(aside ? to.y - from.y : to.x - from.x);
    if (ahead < 4) return Infinity;
    // Along a shelf only what stands in it; up and down the next shelf first.
    if (aside) return beside > (from.bottom - from.top) / 2 ? Infinity : ahead;
    const clear = sign > 0 ? to.top >= from.bottom - 24 : to.bottom <= from.top + 24;
    return clear ? ahead * 4 + beside : Infinity;
  }

  function go(way) {
    const now = document.activeElement;
    const from = middle(now);
    let best = null, least = Infinity;
    all().forEach(function (node) {
      if (node === now) return;
      const far = distance(from, middle(node), way);
      if (far < least) { least = far; best = node; }
    });
    if (best) focus(best);
  }

  /** Bring the thing into the safe part of the screen, then give it the focus. */
  function focus(node) {
    node.focus({ preventScroll: true });
    const track = node.closest(".track");
    const edge = innerWidth * 0.05;
    if (track) {
      const box = node.getBoundingClientRect();
      if (box.left < edge) track.scrollLeft -= edge - box.left;
      if (box.right > innerWidth - edge) track.scrollLeft += box.right - innerWidth + edge;
    }
    const shelf = node.closest(".wall") ? node : node.closest(".shelf, .bar") || node;
    const box = shelf.getBoundingClientRect();
    const room = innerHeight * 0.05;
    if (shelf.classList.contains("bar") || shelf.classList.contains("grades")) scrollTo(0, 0);
    else if (box.top < room) scrollBy(0, box.top - room);
    else if (box.bottom > innerHeight - room) scrollBy(0, box.bottom - innerHeight + room);
    try { sessionStorage.setItem(PLACE, node.getAttribute("href") + "|" + same(node).indexOf(node)); } catch (e) { /* private */ }
  }

  function same(node) {
    return all().filter(function (other) { return other.getAttribute("href") === node.getAttribute("href"); });
  }

  /** Where one was before, else the first thing of the first shelf. */
  function begin() {
    let found = null;
    try {
      const kept = (sessionStorage.getItem(PLACE) || "").split("|");
      const there = all().filter(function (node) { return node.getAttribute("href") === kept[0]; });
      found = there[Number(kept[1])] || there[0];
    } catch (e) { /* private */ }
    const first = document.querySelector("[data-first] a[href], [data-first] button");
    const start = found || first || all()[0];
    if (start) focus(start);
  }

  function back() {
    const home = document.body.dataset.home || "/tv";
    if (location.pathname === home.split("?")[0]) { focusFirst(); return; }
    location.href = home;
  }

  function focusFirst() {
    const first = document.querySelector(".grades .chosen") || all()[0];
    if (first) focus(first);
  }

  document.addEventListener("keydown", function (event) {
    const key = code(event);
    if (key >= LEFT && key <= DOWN) {
      event.preventDefault();
      if (all().indexOf(document.activeElement) < 0) begin();
      else go(key);
    } else if (BACK.indexOf(key) >= 0) {
      event.preventDefault();
      back();
    } else if (key === OK && document.activeElement && document.activeElement.click) {
      event.preventDefault();
      document.activeElement.click();
    }
  });
  // The focus is never lost, not even by a click on nothing.
  document.addEventListener("focusout", function () {
    setTimeout(function () { if (document.activeElement === document.body) begin(); }, 0);
  });

  // The school's clock, not the TV's: counted on from what the page came with.
  const face = document.querySelector("[data-clock]");
  const came = Date.now();
  function clock() {
    if (!face) return;
    const parts = face.dataset.clock.split(":").map(Number);
    const seconds = (parts[0] * 3600 + parts[1] * 60 + parts[2] + Math.floor((Date.now() - came) / 1000)) % 86400;
    face.textContent = ("0" + Math.floor(seconds / 3600)).slice(-2) + ":" + ("0" + Math.floor((seconds % 3600) / 60)).slice(-2);
  }
  setInterval(clock, 10000);
  // What is on the air changes: a page that stands for five minutes is asked for again.
  setInterval(function () { if (document.querySelector(".shelf.air")) location.reload(); }, 300000);
  clock();
  begin();
})();
