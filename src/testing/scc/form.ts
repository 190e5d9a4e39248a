/** A file of a form. */
export interface FormFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The fields of a form, in the order in which they came. */
export class FormFields {
  private readonly entries: readonly (readonly [name: string, value: string | FormFile])[];

  constructor(entries: readonly (readonly [name: string, value: string | FormFile])[] = []) {
    this.entries = entries;
  }

  get size(): number {
    return this.entries.length;
  }

  has(name: string): boolean {
    return this.entries.some(([key]) => key === name);
  }

  /** All texts of that name. */
  texts(name: string): string[] {
    return this.entries.flatMap(([key, value]) => (key === name && typeof value === 'string' ? value : []));
  }

  /** The last text of that name, as with Django's `QueryDict`. */
  text(name: string): string | undefined {
    return this.texts(name).at(-1);
  }

  /** The file of that name; a field that was left empty is none. */
  file(name: string): FormFile | undefined {
    const value = this.entries.find(([key, entry]) => key === name && typeof entry !== 'string')?.[1];
    return value === undefined || typeof value === 'string' ? undefined : value;
  }
}

/** Reads a form, urlencoded or multipart; anything else, and what is damaged, has no fields. */
export async function readForm(request: Request): Promise<FormFields> {
  const type = request.headers.get('content-type') ?? '';
  const body = Buffer.from(await request.arrayBuffer());
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return new FormFields([...new URLSearchParams(body.toString('utf8'))]);
  }
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? [];
  const boundary = quoted ?? bare;
  return boundary === undefined || !type.startsWith('multipart/form-data')
    ? new FormFields()
    : new FormFields(parts(body, boundary));
}

/** RFC 7578: each part has a head, an empty line and its content; a body without its closing line is damaged. */
function parts(body: Buffer, boundary: string): (readonly [string, string | FormFile])[] {
  const line = Buffer.from(`--${boundary}`);
  const found: (readonly [string, string | FormFile])[] = [];
  let at = body.indexOf(line);
  while (at >= 0) {
    const start = at + line.length;
    if (body.toString('latin1', start, start + 2) === '--') return found;
    const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), line]), start);
    const content = body.indexOf('\r\n\r\n', start, 'latin1');
    if (end < 0 || content < 0 || content > end) return [];
    const entry = part(body.toString('utf8', start, content), body.subarray(content + 4, Math.max(content + 4, end)));
    if (entry !== undefined) found.push(entry);
    at = end + 2;
  }
  return [];
}

function part(head: string, content: Buffer): readonly [string, string | FormFile] | undefined {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? '';
  const name = /(?:^|[;\s])name="([^"]*)"/i.exec(disposition)?.[1];
  const fileName = /(?:^|[;\s])filename="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined) return undefined;
  if (fileName === undefined) return [unescaped(name), content.toString('utf8')];
  if (fileName === '' && content.length === 0) return undefined;
  // Django keeps the base name only.
  const base = unescaped(fileName).split(/[\\/]/).at(-1) ?? '';
  return [unescaped(name), { name: base, bytes: new Uint8Array(content) }];
}

/** Browsers escape quotes and line breaks in names by percent signs. */
function unescaped(text: string): string {
  return text.replace(/%22/g, '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n');
}
