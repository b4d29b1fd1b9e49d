// The opened sheet for a reload without a line. It lies sealed on the device; its key lies in this
// tab alone, until the tab shows another page or is closed. Whoever comes next finds bytes.
import { Keys } from "./seal.js";

const TAB = "yunke-sheet", CACHE = "yunke-offline", MOST = 6_000_000, UNSURE = 3_600_000;
const here = (name) => new URL(`./${name}`, import.meta.url).href;

/** ``html``: the sheet as it came. ``clock``: the server's time when the page goes. */
export async function keepSheet(html, feed, keys, store, clock) {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  const sheet = new DOMParser().parseFromString(html, "text/html").body;
  let room = MOST;
  for (const picture of sheet.querySelectorAll("img[src]:not([src^='data:'])")) room -= await taken(picture, room);
  const styles = [...document.querySelectorAll("link[rel=stylesheet]")].map((one) => one.getAttribute("href"));
  const value = { title: document.title, head: document.querySelector("h1")?.textContent ?? "", look: document.body.className, styles, html: sheet.innerHTML };
  await store.keepSheet(feed.slot, await keys.close(value));
  const hold = () => sessionStorage.setItem(TAB, JSON.stringify({ path: location.pathname, slot: feed.slot, copy: feed.copy, now: clock.now, device: Date.now() }));
  hold();
  addEventListener("pagehide", hold);
  await navigator.serviceWorker.register("/front/worker.js", { scope: "/" });
  const loaded = performance.getEntriesByType("resource").map((one) => one.name).filter((one) => one.startsWith(`${location.origin}/static/`));
  const cache = await caches.open(CACHE);
  await cache.addAll([...new Set(["/offline", here("offline.js"), ...loaded])]);
}

/** Puts a picture into the sheet itself; gives how many letters it took. */
async function taken(picture, room) {
  const answer = await fetch(picture.src).catch(() => null);
  const blob = answer?.ok ? await answer.blob() : null;
  if (!blob || blob.size * 1.4 > room) return 0;
  const reader = new FileReader();
  await new Promise((done) => { reader.onloadend = done; reader.readAsDataURL(blob); });
  picture.src = reader.result;
  return reader.result.length;
}

/** The sheet that this tab showed at this address; null for any other, and without its key. */
export async function keptSheet(store) {
  const held = JSON.parse(sessionStorage.getItem(TAB) ?? "null");
  const bytes = held?.path === location.pathname && (await store.sheet(held.slot));
  const sheet = bytes && (await (await Keys.ofCopy(held.copy)).open(bytes));
  if (!sheet) return null;
  const body = new DOMParser().parseFromString(sheet.html, "text/html").body;
  const told = body.querySelector(`#${body.querySelector("yunke-attempt").dataset.feed}`);
  // Nobody can ask the server now: its time is the last that is known and what passed since.
  const now = new Date(held.now + Math.max(0, Date.now() - held.device)).toISOString();
  told.textContent = JSON.stringify({ ...JSON.parse(told.textContent), now, off: UNSURE });
  return { ...sheet, nodes: [...body.childNodes] };
}

/** The tab shows something else now. */
export const letGo = () => sessionStorage.removeItem(TAB);
