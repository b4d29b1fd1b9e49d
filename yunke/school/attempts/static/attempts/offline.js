// The page without a line: the sheet goes on where this tab still has its key; else it is said what
// lies on this device and what becomes of it.
import { canSeal } from "./seal.js";
import { keptSheet } from "./sheets.js";
import { Store } from "./store.js";

const AGAIN = 10_000;
const part = (name) => document.querySelector(`[data-offline=${name}]`);

async function show() {
  const store = canSeal() ? await Store.open().catch(() => null) : null;
  const sheet = store && (await keptSheet(store).catch(() => null));
  const boxes = store ? (await store.boxes()).size : 0;
  store?.base.close();
  if (sheet) return goOn(sheet);
  part("closed").hidden = false;
  const told = part(boxes ? "unsent" : "nothing");
  told.hidden = false;
  told.textContent = told.textContent.replace("{n}", boxes);
  addEventListener("online", back);
  setInterval(back, AGAIN);
}

async function goOn({ title, head, look, styles, nodes }) {
  document.title = title;
  document.body.className = look;
  document.querySelector("h1").textContent = head;
  for (const href of styles) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  part("sheet").hidden = false;
  await import("./attempt.js");
  part("sheet").append(...nodes);
}

/** The line is there again: the page itself comes, and carries what lies here. */
async function back() {
  const answer = await fetch("/front/health", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}

if (document.readyState === "complete") show();
else addEventListener("load", show);
