import { createHmac, randomBytes } from 'node:crypto';
import type { Redactor } from '../redact/redactor.js';
import { PLAIN_WORDS } from './plain-words.js';

/** What may stay in the recorded answers of a centre; everything else is replaced. */
export interface RecordRules {
  /** Words of the protocol, in lower case: paths, fields, products. */
  readonly words: Iterable<string>;
  /** What is an id wherever it stands; global. */
  readonly ids?: readonly RegExp[];
  /** Fields of JSON whose values are ids. */
  readonly idFields?: readonly string[];
  /** Fields of JSON whose texts are the protocol's own and stay as they are, apart from ids. */
  readonly plainFields?: readonly string[];
  /** Whether addresses hold public names of files and nothing else, apart from ids; their queries may. */
  readonly plainPaths?: boolean;
  /** Names of the caller: users, projects. */
  readonly names?: readonly string[];
}

const EMAIL = /[\w.+%'-]+(?:@|%40|&#64;)[\w-]+(?:\.[\w-]+)+/u;
/** So often another pseudonym is looked for, where one is an id or is taken. */
const ROUNDS = 64;
/** What the redactor leaves in place of a secret. */
const HIDDEN = '***';
/** What stays in a text: moments, decimal numbers and entities; and words, which stay where they are known. */
const PIECES =
  /\d{4}-\d\d-\d\d(?:(?:T|\s|\+|%20)\d\d(?::|%3A)\d\d(?:(?::|%3A)\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\d{1,2}:\d\d(?::\d\d)?|\d+\.\d+(?![\w.])|&#?\w+;|%[\da-f]{2}|[\p{L}\p{N}_]+(?:[-'’][\p{L}\p{N}_]+)*/giu;
const STAYS = /^(?:\d{4}-\d\d-\d\d.*|\d{1,2}:\d\d(?::\d\d)?|\d+\.\d+|&#?\w+;|%[\da-f]{2}|\d{1,4}|(?:19|20)\d{6})$/iu;

/**
 * Replaces secrets, names, e-mail addresses and ids: the same one by the same pseudonym of the same shape, so that what reads the answers
 * reads the recorded ones too. By allow-list: a word that is not known to be harmless is replaced. The key is of this run alone.
 */
export class Pseudonyms {
  readonly #key = randomBytes(32);
  readonly #redactor: Redactor;
  readonly #words: ReadonlySet<string>;
  readonly #rules: RecordRules;
  readonly #ids = new Set<string>();
  /** Names within ids, such as that of a station. */
  readonly #parts = new Set<string>();
  readonly #emails = new Map<string, string>();
  readonly #disguises = new Map<string, string>();
  readonly #taken = new Set<string>();
  #pattern: RegExp | undefined;

  constructor(redactor: Redactor, rules: RecordRules) {
    this.#redactor = redactor;
    this.#rules = rules;
    this.#words = new Set(rules.words);
    for (const name of rules.names ?? []) this.#learn(name);
  }

  /** Looks for ids in an answer as it came; first in all answers, then they are replaced in all. */
  collect(text: string): void {
    for (const pattern of this.#rules.ids ?? [])
      for (const match of text.matchAll(pattern)) this.#learn(match.groups?.id ?? match[0]);
  }

  /** The same in the fields of its JSON. */
  collectValue(value: unknown): void {
    if (Array.isArray(value)) value.forEach((one) => this.collectValue(one));
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) {
        if (this.#isIdField(name) && (typeof one === 'string' || typeof one === 'number')) this.#learn(String(one));
        this.collectValue(one);
      }
  }

  /** A text in which known words, numbers and moments stay. */
  text(text: string): string {
    return this.plain(text, (rest) =>
      rest.replace(PIECES, (piece) => (this.#stays(piece) ? piece : this.disguise(piece))),
    );
  }

  /** A text of the protocol: all stays but secrets, e-mail addresses and ids. */
  plain(text: string, others: (rest: string) => string = (rest) => rest): string {
    const clean = this.#redactor.page(text);
    let result = '';
    let at = 0;
    for (const { 0: found, index } of clean.matchAll(this.#found())) {
      const known = found === HIDDEN ? found : EMAIL.test(found) ? this.#emailFor(found) : this.disguise(found);
      result += others(clean.slice(at, index)) + known;
      at = index + found.length;
    }
    return result + others(clean.slice(at));
  }

  /** An address. Its origin stays, apart from ids: it is the centre's own, or it tells that the answer came from elsewhere. */
  address(url: string): string {
    const { origin, pathname, search } = new URL(url);
    const path = this.#rules.plainPaths === true ? this.plain(pathname) : this.text(pathname);
    return this.plain(origin) + path + this.text(search);
  }

  /** The values of JSON; its structure, numbers and the names of its fields stay. */
  json(value: unknown, field = ''): unknown {
    if (Array.isArray(value)) return value.map((one) => this.json(one, field));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [this.plain(name), this.json(one, name)]));
    if (this.#isIdField(field)) return this.#idValue(value);
    if (typeof value !== 'string') return value;
    if (/^https?:\/\/\S+$/u.test(value) && URL.canParse(value)) return this.address(value);
    return this.#rules.plainFields?.includes(field) === true ? this.plain(value) : this.text(value);
  }

  /**
   * Another text of the same shape: letters for letters, digits for digits. The date that begins an id stays. It is neither an id of these
   * answers nor a name within one, nor what stands for another text, as long as the shape leaves room for that.
   */
  disguise(text: string): string {
    const known = this.#disguises.get(text);
    if (known !== undefined) return known;
    const other = this.#otherThan(text);
    this.#disguises.set(text, other);
    this.#taken.add(other);
    return other;
  }

  #otherThan(text: string): string {
    const kept = /^(?:19|20)\d{6}(?=[A-Za-z])/u.exec(text)?.[0] ?? '';
    for (let round = 0; ; round += 1) {
      const stream = createHmac('sha512', this.#key).update(`${round} ${text}`).digest();
      let at = 0;
      const next = (count: number, from: string): string =>
        String.fromCharCode(from.charCodeAt(0) + ((stream[at++ % stream.length] ?? 0) % count));
      const other = text.slice(kept.length).replace(/\p{Lu}|\p{L}|\p{N}/gu, (character) => {
        if (/\p{N}/u.test(character)) return character === '0' ? '0' : next(9, '1');
        return /\p{Lu}/u.test(character) ? next(26, 'A') : next(26, 'a');
      });
      const result = kept + other;
      const isKnown = this.#ids.has(result) || partsOf(result).some((part) => this.#parts.has(part));
      const free = result !== text && !isKnown && !this.#taken.has(result);
      if (free || round >= ROUNDS) return result;
    }
  }

  #idValue(value: unknown): unknown {
    if (typeof value === 'number') return Number(this.disguise(String(value)));
    return typeof value === 'string' ? this.disguise(value) : value;
  }

  #isIdField(name: string): boolean {
    return this.#rules.idFields?.includes(name) === true;
  }

  #learn(id: string): void {
    if (id.length < (/^\d+$/u.test(id) ? 2 : 3) || this.#knows(id)) return;
    this.#ids.add(id);
    for (const part of partsOf(id)) this.#parts.add(part);
    this.#pattern = undefined;
  }

  /** What is replaced, or hidden already, in a text in which all else stays. */
  #found(): RegExp {
    if (this.#pattern !== undefined) return this.#pattern;
    const ids = [...this.#ids].sort((one, other) => other.length - one.length);
    const isNumber = (id: string): boolean => /^\d+$/u.test(id);
    const numbers = ids.filter(isNumber);
    const others = ids.filter((id) => !isNumber(id)).map(escaped);
    const parts = [EMAIL.source, escaped(HIDDEN)];
    if (others.length > 0) parts.push(`(?<![\\p{L}\\p{N}])(?:${others.join('|')})(?![\\p{L}\\p{N}])`);
    // A number is an id where it stands alone, not as a part of a date, a time or another number.
    if (numbers.length > 0) parts.push(`(?<![\\p{L}\\p{N}.:_-])(?:${numbers.join('|')})(?![\\p{L}\\p{N}:-]|\\.\\d)`);
    return (this.#pattern = new RegExp(parts.join('|'), 'giu'));
  }

  #knows(word: string): boolean {
    const lower = word.toLowerCase();
    return this.#words.has(lower) || PLAIN_WORDS.has(lower);
  }

  #stays(piece: string): boolean {
    if (STAYS.test(piece) || this.#knows(piece)) return true;
    return piece.split(/[_'’-]+/u).every((part) => part === '' || STAYS.test(part) || this.#knows(part));
  }

  #emailFor(email: string): string {
    const key = email.toLowerCase().replace(/%40|&#64;/u, '@');
    const known = this.#emails.get(key) ?? `person-${this.#emails.size + 1}@example.org`;
    this.#emails.set(key, known);
    return known;
  }
}

function partsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z]{3,}/gu) ?? [];
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
