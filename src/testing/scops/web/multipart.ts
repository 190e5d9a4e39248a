/** One part of a multipart body. */
export interface FormPart {
  readonly name: string;
  /** Set on file parts; empty where a browser had no file to send. */
  readonly fileName: string | undefined;
  readonly bytes: Uint8Array;
}

/** Reads a multipart body (RFC 7578); `undefined` where it is none, or broken off. */
export function parseMultipart(body: Uint8Array, contentType: string): FormPart[] | undefined {
  const boundary = parameter(contentType, 'boundary');
  if (boundary === undefined) return undefined;
  // With a line end before it, the first boundary looks like all others.
  const data = Buffer.concat([Buffer.from('\r\n'), body]);
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const parts: FormPart[] = [];
  let at = data.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (data.toString('latin1', start, start + 2) === '--') return parts;
    const headEnd = data.indexOf('\r\n\r\n', start);
    const next = data.indexOf(delimiter, start);
    if (headEnd < 0 || next < 0) return undefined;
    const part = readPart(data.toString('utf8', start, headEnd), data.subarray(headEnd + 4, next));
    if (part !== undefined) parts.push(part);
    at = next;
  }
  return undefined;
}

function readPart(head: string, bytes: Uint8Array): FormPart | undefined {
  const disposition = head.split('\r\n').find((line) => /^content-disposition:/i.test(line)) ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) return undefined;
  return { name, fileName: parameter(disposition, 'filename'), bytes: new Uint8Array(bytes) };
}

/** A parameter of a header, quoted or not; browsers write quotes and line ends inside as percent codes. */
function parameter(header: string, name: string): string | undefined {
  const match = new RegExp(`[;\\s]${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, 'i').exec(header);
  const value = match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2];
  return value?.replaceAll('%22', '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n');
}
