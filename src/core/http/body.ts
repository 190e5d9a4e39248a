import type { AnswerHeaders, Call, CallBody, Pairs, UploadBody } from './call.js';

/** A body as the wire takes it, with the headers that belong to it. */
export interface EncodedBody {
  readonly body: string | UploadBody;
  readonly headers: Record<string, string>;
}

/** Encodes what a call sends. */
export function encodeBody(body: CallBody): EncodedBody {
  if ('form' in body)
    return { body: formText(body.form), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  if ('json' in body) return { body: JSON.stringify(body.json), headers: { 'content-type': 'application/json' } };
  if ('text' in body) return { body: body.text, headers: { 'content-type': body.type ?? 'text/plain;charset=UTF-8' } };
  const type: Record<string, string> = body.contentType === undefined ? {} : { 'content-type': body.contentType };
  return { body, headers: { ...type, 'content-length': String(body.bytes) } };
}

function formText(pairs: Pairs): string {
  return new URLSearchParams([...pairs].map(([name, value]): [string, string] => [name, value])).toString();
}

/**
 * The address of a call, below the base URL unless it is absolute; without user info, which no wire may carry.
 *
 * @throws TypeError when it is no address.
 */
export function addressOf(call: Pick<Call, 'operation' | 'url' | 'query'>, baseUrl: URL): URL {
  // The platform's own error would carry the text, and with it whatever secret it holds.
  if (!URL.canParse(String(call.url), baseUrl.href))
    throw new TypeError(`${call.operation}: url is not a valid address`);
  const url = new URL(call.url, baseUrl);
  url.username = '';
  url.password = '';
  if (call.query === undefined) return url;
  for (const [name, value] of pairsOf(call.query)) url.searchParams.append(name, value);
  return url;
}

function pairsOf(query: NonNullable<Call['query']>): Pairs {
  if (Symbol.iterator in query) return query;
  return Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
}

/** Whether the headers of an answer say where its body ends: by a length, or by chunks of which one is the last. */
export function isFramed(headers: Pick<AnswerHeaders, 'get'>): boolean {
  if (/(?:^|,)\s*chunked\s*$/iu.test(headers.get('transfer-encoding') ?? '')) return true;
  return /^\d+$/u.test(headers.get('content-length')?.trim() ?? '');
}
