// "This moment": puts the player's second into a field of the form.
import { clock, thePlayer } from "./words.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-pick]");
  const player = button && (await thePlayer());
  if (!player) return;
  player.pause();
  document.getElementById(button.dataset.pick).value = clock(player.now);
});
