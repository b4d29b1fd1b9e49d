// Three keys of an attempt: its copy opens for the pupil's own session alone, a box for the school
// alone, and the log is signed. Without an encrypted line browsers have no such means: then nothing
// is kept on the device, and the page says so.
const subtle = globalThis.crypto?.subtle;
const utf8 = new TextEncoder(), text = new TextDecoder();
const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

export const canSeal = () => Boolean(subtle && globalThis.indexedDB);
export const digest = async (value) => hex(await subtle.digest("SHA-256", utf8.encode(value)));

export class Keys {
  static async of(feed) {
    const keys = new Keys();
    const raw = (name, way, uses) => subtle.importKey("raw", bytesOf(feed[name]), way, false, uses);
    keys.copy = await raw("copy", "AES-GCM", ["encrypt", "decrypt"]);
    keys.log = await raw("log", { name: "HMAC", hash: "SHA-256" }, ["sign"]);
    keys.school = await raw("box", { name: "ECDH", namedCurve: "P-256" }, []);
    return keys;
  }

  /** What opens copies alone. */
  static async ofCopy(copy) {
    const keys = new Keys();
    keys.copy = await subtle.importKey("raw", bytesOf(copy), "AES-GCM", false, ["decrypt"]);
    return keys;
  }

  sign(words) {
    return subtle.sign("HMAC", this.log, utf8.encode(words)).then(hex);
  }

  /** Nonce and ciphertext of a value, for this pupil's own session. */
  async close(value) {
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce }, this.copy, utf8.encode(JSON.stringify(value)));
    return joined(nonce, sealed);
  }

  /** The value again; null for what was not closed for this session. */
  async open(bytes) {
    try {
      const plain = await subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(0, 12) }, this.copy, bytes.slice(12));
      return JSON.parse(text.decode(plain));
    } catch {
      return null;
    }
  }

  /** A box for the school: a passing key, a nonce, ciphertext (attempts/rules/boxes.py opens it). */
  async box(value) {
    const way = { name: "ECDH", namedCurve: "P-256" };
    const passing = await subtle.generateKey(way, false, ["deriveBits"]);
    const point = new Uint8Array(await subtle.exportKey("raw", passing.publicKey));
    const shared = await subtle.deriveBits({ name: "ECDH", public: this.school }, passing.privateKey, 256);
    const seed = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const derive = { name: "HKDF", hash: "SHA-256", salt: point, info: utf8.encode("yunke attempts box 1") };
    const key = await subtle.deriveKey(derive, seed, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, utf8.encode(JSON.stringify(value)));
    return joined(point, nonce, sealed);
  }
}

function joined(...parts) {
  const arrays = parts.map((part) => new Uint8Array(part));
  const whole = new Uint8Array(arrays.reduce((sum, part) => sum + part.length, 0));
  arrays.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}
