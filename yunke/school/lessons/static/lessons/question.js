// A question as fields to answer: choices to press, or a line to fill.
import { made } from "./words.js";

export function answerFields(task, name) {
  if (task.kind !== "choice") {
    const field = made("input", { name, class: "task-line", autocomplete: "off", maxlength: "500", value: task.value ?? "", ...(task.kind === "number" ? { inputmode: "decimal" } : {}) });
    return made("div", { class: "field" }, field);
  }
  return made("div", { class: "task-options", role: "radiogroup" }, ...task.options.map((option) =>
    made("label", { class: "task-option" },
      made("input", { type: "radio", name, value: option.id, checked: task.value === option.id }),
      made("span", { class: "task-letter" }, option.id), made("span", {}, option.text))));
}

export const answerOf = (form, name) => String(new FormData(form).get(name) ?? "").trim();
