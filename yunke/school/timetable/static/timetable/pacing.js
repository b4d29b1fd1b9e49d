// Units are dragged, or moved with the arrow keys: ← → a week, Shift + ← → shorter or longer.
const form = document.querySelector("#pace-move");
const STEP = { ArrowLeft: -1, ArrowRight: 1 };

function send(bar, first, weeks) {
  if (first < 1 || weeks < 1) return;
  form.elements.unit.value = bar.dataset.unit;
  form.elements.to.value = `${first}:${weeks}`;
  form.requestSubmit();
}

function grab(bar, down) {
  const lane = bar.closest(".lane");
  const width = lane.scrollWidth / Number(lane.dataset.weeks);
  let moved = 0;
  const follow = (event) => {
    moved = Math.round((event.clientX - down.clientX) / width);
    bar.classList.add("dragged");
    bar.style.setProperty("translate", `${moved * width}px 0`);
  };
  const drop = () => {
    bar.removeEventListener("pointermove", follow);
    bar.classList.remove("dragged");
    if (moved) send(bar, Number(bar.dataset.first) + moved, Number(bar.dataset.weeks));
  };
  bar.setPointerCapture(down.pointerId);
  bar.addEventListener("pointermove", follow);
  bar.addEventListener("pointerup", drop, { once: true });
  bar.addEventListener("pointercancel", drop, { once: true });
}

if (form) {
  document.querySelectorAll("button.pace-bar").forEach((bar) => {
    bar.addEventListener("pointerdown", (event) => event.button === 0 && grab(bar, event));
    bar.addEventListener("keydown", (event) => {
      const step = STEP[event.key];
      if (!step) return;
      event.preventDefault();
      const first = Number(bar.dataset.first), weeks = Number(bar.dataset.weeks);
      if (event.shiftKey) send(bar, first, weeks + step);
      else send(bar, first + step, weeks);
    });
  });
  if (location.hash.startsWith("#u")) document.querySelector(`button${location.hash}`)?.focus();
}
