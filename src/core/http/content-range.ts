/** A `Content-Range` header; `*` leaves its part out (RFC 9110 section 14.4). */
export interface ContentRange {
  readonly start?: number;
  readonly end?: number;
  readonly totalBytes?: number;
}

/** Reads a `Content-Range` header; `undefined` when it is none that can be meant. */
export function parseContentRange(header: string | null): ContentRange | undefined {
  const match = /^\s*bytes\s+(?:(\d+)-(\d+)|\*)\/(?:(\d+)|\*)\s*$/iu.exec(header ?? '');
  if (match === null) return undefined;
  const numbers = match.slice(1).map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  if (numbers.some((number) => number !== undefined && !Number.isSafeInteger(number))) return undefined;
  const [start, end, totalBytes] = numbers;
  if (start === undefined || end === undefined) return totalBytes === undefined ? undefined : { totalBytes };
  if (end < start || (totalBytes !== undefined && end >= totalBytes)) return undefined;
  return { start, end, ...(totalBytes !== undefined && { totalBytes }) };
}
