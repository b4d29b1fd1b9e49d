// Nobody is signed in: the sheets that lay open on this device go. Unsent answers stay, sealed.
import { canSeal } from "./seal.js";
import { letGo } from "./sheets.js";
import { Store } from "./store.js";

letGo();
if (canSeal()) Store.open().then((store) => store.forgetSheets().then(() => store.base.close())).catch(() => {});
