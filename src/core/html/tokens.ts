import { readTag } from './attributes.js';

export type Token =
  | { readonly kind: 'text' | 'doctype'; readonly text: string }
  | { readonly kind: 'start'; readonly name: string; readonly attributes: string; readonly selfClosing: boolean }
  | { readonly kind: 'end'; readonly name: string };

/** A start tag of the usual form, in one step; all others are read attribute by attribute. */
const USUAL = /<([a-z][a-z0-9-]*)((?:\s+[a-z][a-z0-9:._-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)(\s*\/?)>/iy;
const NAME = /[a-z][^\s/>]*/iy;

/** Cuts a page into its pieces; comments fall out. */
export class Tokens {
  readonly #html: string;
  #at = 0;

  constructor(html: string) {
    this.#html = html;
  }

  next(): Token | undefined {
    const html = this.#html;
    let text = '';
    while (this.#at < html.length) {
      const begin = html.indexOf('<', this.#at);
      if (begin === -1) {
        text += html.slice(this.#at);
        this.#at = html.length;
        break;
      }
      if (begin > this.#at) text += html.slice(this.#at, begin);
      this.#at = begin;
      if (!/[a-z/!?]/iu.test(html.charAt(begin + 1))) {
        text += '<';
        this.#at += 1;
        continue;
      }
      if (text !== '') break;
      const token = this.#markup(begin);
      if (token !== undefined) return token;
    }
    return text === '' ? undefined : { kind: 'text', text };
  }

  /** The text up to the end tag of this name, which is passed. */
  raw(name: string): string {
    const start = this.#at;
    const close = new RegExp(`</${name}(?=[\\s/>])[^>]*>?`, 'giu');
    close.lastIndex = start;
    const match = close.exec(this.#html);
    this.#at = match === null ? this.#html.length : close.lastIndex;
    return this.#html.slice(start, match?.index);
  }

  rest(): string {
    const text = this.#html.slice(this.#at);
    this.#at = this.#html.length;
    return text;
  }

  #markup(begin: number): Token | undefined {
    const html = this.#html;
    const sign = html.charAt(begin + 1);
    if (sign === '/') return this.#endTag(begin + 2);
    if (sign === '!' || sign === '?') return this.#declaration(begin);
    USUAL.lastIndex = begin;
    const usual = USUAL.exec(html);
    if (usual !== null) {
      this.#at = USUAL.lastIndex;
      const [, name = '', attributes = '', slash = ''] = usual;
      return { kind: 'start', name: name.toLowerCase(), attributes, selfClosing: slash.endsWith('/') };
    }
    const name = this.#name(begin + 1);
    const from = begin + 1 + name.length;
    const tag = readTag(html, from);
    this.#at = tag?.end ?? html.length;
    if (tag === undefined) return undefined;
    const attributes = html.slice(from, tag.end - 1);
    return { kind: 'start', name: name.toLowerCase(), attributes, selfClosing: attributes.endsWith('/') };
  }

  #endTag(from: number): Token | undefined {
    const name = this.#name(from);
    if (name === '') {
      this.#at = this.#after('>', from);
      return undefined;
    }
    const tag = readTag(this.#html, from + name.length);
    this.#at = tag?.end ?? this.#html.length;
    return tag === undefined ? undefined : { kind: 'end', name: name.toLowerCase() };
  }

  #declaration(begin: number): Token | undefined {
    const html = this.#html;
    if (html.startsWith('<!--', begin)) {
      const empty = /-?>/y;
      empty.lastIndex = begin + 4;
      const end = /--!?>/gu;
      end.lastIndex = begin + 4;
      if (empty.test(html)) this.#at = empty.lastIndex;
      else this.#at = end.test(html) ? end.lastIndex : html.length;
      return undefined;
    }
    this.#at = this.#after('>', begin);
    const text = html.slice(begin, this.#at);
    return /^<!doctype/iu.test(text) ? { kind: 'doctype', text } : undefined;
  }

  #name(from: number): string {
    NAME.lastIndex = from;
    return NAME.exec(this.#html)?.[0] ?? '';
  }

  #after(sign: string, from: number): number {
    const found = this.#html.indexOf(sign, from);
    return found === -1 ? this.#html.length : found + sign.length;
  }
}
