import { HttpFault } from './fault.js';
import { parseMultipart, type FormPart } from './multipart.js';

/** A file part of a form; the name is empty where a browser had nothing to send. */
export interface FormFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A form as Flask gives it: the first value of each name counts. */
export interface Form {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, FormFile>;
  readonly parts: number;
  readonly textBytes: number;
}

/** Reads the body; one that is no form has no fields. */
export async function readForm(request: Request): Promise<Form> {
  const fields = new Map<string, string>();
  const files = new Map<string, FormFile>();
  let textBytes = 0;
  const parts = request.method === 'POST' ? await partsOf(request) : [];
  for (const { name, fileName, bytes } of parts) {
    if (fileName !== undefined) {
      if (!files.has(name)) files.set(name, { name: fileName, bytes });
      continue;
    }
    textBytes += bytes.length;
    if (!fields.has(name)) fields.set(name, new TextDecoder().decode(bytes));
  }
  return { fields, files, parts: parts.length, textBytes };
}

async function partsOf(request: Request): Promise<FormPart[]> {
  const type = request.headers.get('content-type') ?? '';
  if (/^multipart\/form-data/i.test(type)) {
    return parseMultipart(new Uint8Array(await request.arrayBuffer()), type) ?? [];
  }
  if (!/^application\/x-www-form-urlencoded/i.test(type)) return [];
  return [...new URLSearchParams(await request.text())].map(([name, value]) => ({
    name,
    fileName: undefined,
    bytes: new TextEncoder().encode(value),
  }));
}

/** A field that has to be there; 400 otherwise. */
export function need(form: Form, name: string): string {
  const value = form.fields.get(name);
  if (value === undefined) throw new HttpFault(400);
  return value;
}
