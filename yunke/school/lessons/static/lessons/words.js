// Small things that the islands of a lesson share.
export const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return h ? `${h}:${String(m).padStart(2, "0")}:${String(s).padStart(2, "0")}` : `${m}:${String(s).padStart(2, "0")}`;
};

/** The player of this page, once it lives; null on a lesson without a video. */
export async function thePlayer() {
  const player = document.querySelector("yunke-player");
  if (player) await customElements.whenDefined("yunke-player");
  return player;
}

/** An element with attributes, text or children: no markup from data, ever. */
export function made(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(key, value === true ? "" : value);
  element.append(...children);
  return element;
}
