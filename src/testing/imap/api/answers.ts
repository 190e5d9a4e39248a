import { textResponse } from '../../kit/html.js';
import type { ApiCall } from './call.js';

/** The content type that a handler sets; without one the HTTP API says `text/plain` (section 2.6). */
type Label = 'application/json' | 'none';

/** A body as JSON text, with the content type that the handler sets or with none. */
export function json(value: unknown, status = 200, label: Label = 'application/json'): Response {
  return textResponse(JSON.stringify(value), label === 'none' ? 'text/plain' : label, status);
}

/** Plain text that calls itself HTML, as download answers do. */
export function labelledHtml(body: string, status: number, headers: Record<string, string> = {}): Response {
  return textResponse(body, 'text/html', status, headers);
}

/** A JSON array of rows; larger than a Lambda may answer, it is a 500 (section 2.7). */
export function rows(call: ApiCall, records: readonly Readonly<Record<string, unknown>>[]): Response {
  const { rows: looks, maxAnswerBytes = 6 * 1024 * 1024 } = call.service.options;
  const dressed = records.map((record, index) => {
    const entries = Object.entries({ ...record, ...looks?.extra });
    return looks?.shuffleKeys === true ? Object.fromEntries(rotated(entries, index + 1)) : Object.fromEntries(entries);
  });
  const answer = json(dressed);
  return Number(answer.headers.get('content-length')) > maxAnswerBytes ? crash() : answer;
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = (by * 7) % Math.max(items.length, 1);
  return [...items.slice(at), ...items.slice(0, at)];
}

/** Names in Python list notation, as the server's messages have them. */
export function pythonList(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(', ')}]`;
}

/** What the HTTP API answers when a handler crashes. */
export function crash(): Response {
  return json({ message: 'Internal Server Error' }, 500);
}

/** What the HTTP API answers for a route or method that does not exist. */
export function noRoute(): Response {
  return json({ message: 'Not Found' }, 404);
}
