// Answers in and out of a question's fieldset. The fields are native; this only reads and fills
// them, and adds what fingers like: arrows for an order, keys for mathematics, a count of letters.

const all = (set, what) => [...set.querySelectorAll(what)];
const checked = (set) => all(set, "input:checked").map((field) => field.value);
const trimmed = (field) => field?.value.trim() ?? "";

const READ = {
  choice: (set) => checked(set)[0] ?? null,
  multiple: (set) => some(checked(set)),
  "true-false": (set) => ({ true: true, false: false })[checked(set)[0]] ?? null,
  signed: (set) => (checked(set).length ? true : null),
  blanks: (set) => {
    const filled = all(set, "[data-blank]").map((field) => [field.dataset.blank, trimmed(field)]).filter(([, text]) => text);
    return filled.length ? Object.fromEntries(filled) : null;
  },
  matching: (set) => some(all(set, "select[data-left]").filter((field) => field.value).map((field) => [field.dataset.left, field.value])),
  ordering: (set) => {
    const list = set.querySelector(".q-order");
    if (list.dataset.given === undefined) return null;
    return all(list, "[data-option]").map((row) => row.dataset.option);
  },
  shown: (set) => some(JSON.parse(set.dataset.value || "[]")),
  text: (set) => trimmed(set.querySelector("textarea, .q-line input")) || null,
};
const WRITE = {
  choice: (set, value) => tick(set, (field) => field.value === value),
  multiple: (set, value) => tick(set, (field) => (value ?? []).includes(field.value)),
  "true-false": (set, value) => tick(set, (field) => field.value === String(value)),
  signed: (set, value) => tick(set, () => value === true),
  blanks: (set, value) => all(set, "[data-blank]").forEach((field) => { field.value = value?.[field.dataset.blank] ?? ""; }),
  matching: (set, value) => {
    const joined = Array.isArray(value) ? Object.fromEntries(value) : value ?? {};
    all(set, "select[data-left]").forEach((field) => { field.value = joined[field.dataset.left] ?? ""; });
  },
  ordering: (set, value) => {
    const list = set.querySelector(".q-order");
    const rows = new Map(all(list, "[data-option]").map((row) => [row.dataset.option, row]));
    (value ?? []).forEach((id) => rows.get(id) && list.append(rows.get(id)));
    if (value?.length) list.dataset.given = "";
    else delete list.dataset.given;
    places(list);
  },
  shown: (set, value) => {
    set.dataset.value = JSON.stringify(value ?? []);
    set.querySelector("[data-kept]")?.replaceChildren(...(value ?? []).map(kept));
  },
  text: (set, value) => {
    const field = set.querySelector("textarea, .q-line input");
    field.value = value ?? "";
    count(set, field);
  },
};
const SHOWN = new Set(["handwriting", "reading", "recitation", "practical"]);
const way = (table, set) => table[set.dataset.kind] ?? (SHOWN.has(set.dataset.kind) ? table.shown : table.text);
const some = (list) => (list.length ? list : null);
const tick = (set, is) => all(set, "input[type=radio], input[type=checkbox]").forEach((field) => { field.checked = is(field); });

/** The answer as marking takes it: text, truth value, list, pairs, {blank: text}; null for none. */
export const readAnswer = (set) => way(READ, set)(set);

/** Fill the fields with an answer; null empties them. */
export const writeAnswer = (set, value) => way(WRITE, set)(set, value);

/** What every question of a page needs; again for those that came later. Once for each. */
export function prepareQuestions(root = document) {
  for (const set of root.querySelectorAll("fieldset.question:not([data-ready])")) {
    set.dataset.ready = "";
    set.querySelectorAll(".q-moves, .q-keys").forEach((part) => { part.hidden = false; });
    const list = set.querySelector(".q-order");
    if (list) { list.dataset.moves = ""; places(list); }
    const field = set.querySelector("textarea");
    if (field) count(set, field);
    if (set.dataset.value) writeAnswer(set, JSON.parse(set.dataset.value));
  }
}

function kept(file, index) {
  const line = document.createElement("li");
  const link = file?.url ? Object.assign(document.createElement("a"), { href: file.url }) : document.createElement("span");
  link.textContent = file?.name ?? `${index + 1}`;
  line.append(link);
  return line;
}

/** The selects say what the order is; they stay the way without a script. */
function places(list) {
  const given = list.dataset.given !== undefined;
  all(list, "[data-option]").forEach((row, at, rows) => {
    row.querySelector("select").value = given ? String(at + 1) : "";
    row.querySelectorAll("[data-move]").forEach((button) => { button.disabled = at + Number(button.dataset.move) < 0 || at + Number(button.dataset.move) >= rows.length; });
  });
}

function move(button) {
  const row = button.closest("[data-option]");
  const list = row.parentElement;
  const by = Number(button.dataset.move);
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (by < 0) other.before(row);
  else other.after(row);
  list.dataset.given = "";
  places(list);
  (button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button)?.focus();
  const told = list.parentElement.querySelector("[data-told]");
  told.textContent = list.dataset.moved.replace("{}", String([...list.children].indexOf(row) + 1));
  changed(list);
}

function key(button) {
  const field = button.closest("fieldset").querySelector(".q-line input");
  const [before, after = ""] = button.dataset.key.split("|");
  const from = field.selectionStart ?? field.value.length, to = field.selectionEnd ?? from;
  const inside = field.value.slice(from, to);
  field.setRangeText(before + inside + after, from, to, "end");
  const at = from + before.length + inside.length;
  field.focus();
  field.setSelectionRange(at, at);
  changed(field);
}

function count(set, field) {
  const told = set.querySelector("[data-count]");
  if (told) told.textContent = told.dataset.count.replace("{}", String([...field.value.replace(/\s/g, "")].length));
}

const changed = (from) => from.dispatchEvent(new Event("input", { bubbles: true }));

document.addEventListener("click", (event) => {
  const move_ = event.target.closest?.("fieldset.question [data-move]");
  const key_ = event.target.closest?.("fieldset.question [data-key]");
  if (move_) move(move_);
  if (key_) key(key_);
});
document.addEventListener("input", (event) => {
  const set = event.target.closest?.("fieldset.question");
  if (set && event.target.matches("textarea")) count(set, event.target);
});
document.addEventListener("htmx:afterSettle", (event) => prepareQuestions(event.target));
prepareQuestions();
