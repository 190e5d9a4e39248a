/** The attributes of one tag: names in lower case, values as they are written. */
export type Attributes = ReadonlyMap<string, string>;

/** One attribute, or the end of the tag; quotes count after `=` only. */
const NEXT = /[\s/]*(?:(>)|([^\s/>][^\s/>=]*)(?:\s*(=)\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*))?)?)/y;
/** Attributes as node-html-parser reads them right: lower case, in double quotes or without a value. */
const PLAIN = /^(?:\s+[a-z][a-z0-9:._-]*(?:="[^"]*")?)*\s*$/u;

/** The attributes of a tag from `index` on, and where the tag ends; `undefined` where it does not end. */
export function readTag(
  html: string,
  index: number,
): { readonly attributes: Attributes; readonly end: number } | undefined {
  const attributes = new Map<string, string>();
  NEXT.lastIndex = index;
  for (let match = NEXT.exec(html); match !== null; match = NEXT.exec(html)) {
    const [, closed, name, equals, double, single, bare] = match;
    if (closed !== undefined || name === undefined) return { attributes, end: NEXT.lastIndex };
    const value = double ?? single ?? bare;
    // a quote that is never closed takes the rest of the page
    if (equals !== undefined && value === undefined && /["']/u.test(html.charAt(NEXT.lastIndex))) return undefined;
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, value ?? '');
  }
  return undefined;
}

/** The attributes of a page by their text: a list shows the same few icons a thousand times. */
export class AttributeTexts {
  readonly #plain = new Map<string, string>();
  readonly #read = new Map<string, Attributes>();

  of(text: string): Attributes {
    let attributes = this.#read.get(text);
    if (attributes === undefined) this.#read.set(text, (attributes = attributesOf(text)));
    return attributes;
  }

  /** The same attributes in a form that every reader takes alike: in lower case and double quotes. */
  plain(raw: string): string {
    if (raw === '' || PLAIN.test(raw)) return raw;
    let text = this.#plain.get(raw);
    if (text === undefined) this.#plain.set(raw, (text = written(attributesOf(raw))));
    return text;
  }
}

function attributesOf(raw: string): Attributes {
  return readTag(`${raw}>`, 0)?.attributes ?? new Map<string, string>();
}

function written(attributes: Attributes): string {
  return [...attributes].map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`).join('');
}
