// One key decides: a button with data-key is pressed by it. Nothing while somebody types.
const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const button = [...document.querySelectorAll("[data-keys] [data-key]")].find(
    (one) => one.dataset.key === key || one.dataset.also === key,
  );
  if (!button || button.disabled) return;
  event.preventDefault();
  button.form.requestSubmit(button);
});
