import { TextStore } from './text-store.js';

/** In no key. */
const BETWEEN = '\0';
const FEWEST_SLOTS = 1024;

/** Texts by keys, like a map of strings that lies outside the heap. */
export class TextTable {
  readonly #texts = new TextStore();
  /**
   * The place of the last text of each key, plus one, in the slot that the key's hash names or the next one that was free. 0: free. A power of
   * two, and at most half of them are taken.
   */
  #slots = new Uint32Array(FEWEST_SLOTS);
  #keys = 0;

  get(key: string): string | undefined {
    return this.#textIn(this.#slotOf(key), key);
  }

  /** @returns the text that the key had before. */
  set(key: string, text: string): string | undefined {
    const slot = this.#slotOf(key);
    const before = this.#textIn(slot, key);
    if (before === undefined) this.#keys += 1;
    this.#slots[slot] = this.#texts.add(`${key}${BETWEEN}${text}`) + 1;
    if (2 * this.#keys > this.#slots.length) this.#grow();
    return before;
  }

  /** The last text of each key, in the order in which these were set. */
  *[Symbol.iterator](): Generator<readonly [key: string, text: string], void, undefined> {
    for (const place of this.#texts.places()) {
      const whole = this.#texts.get(place);
      const key = keyOf(whole);
      const isLast = this.#slots[this.#slotOf(key, (taken) => taken === place)] === place + 1;
      if (isLast) yield [key, whole.slice(key.length + BETWEEN.length)];
    }
  }

  /** The slot of a key, or a free one where it has none. */
  #slotOf(key: string, isIt = (taken: number): boolean => this.#texts.get(taken).startsWith(key + BETWEEN)): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(key) & mask; ; slot = (slot + 1) & mask) {
      const taken = this.#slots[slot] ?? 0;
      if (taken === 0 || isIt(taken - 1)) return slot;
    }
  }

  #textIn(slot: number, key: string): string | undefined {
    const taken = this.#slots[slot] ?? 0;
    return taken === 0 ? undefined : this.#texts.get(taken - 1).slice(key.length + BETWEEN.length);
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    for (const taken of old) {
      if (taken !== 0) this.#slots[this.#slotOf(keyOf(this.#texts.get(taken - 1)), () => false)] = taken;
    }
  }
}

function keyOf(text: string): string {
  return text.slice(0, text.indexOf(BETWEEN));
}

/** FNV-1a. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash;
}
