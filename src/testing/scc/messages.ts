import { createHmac } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';

import type { SccProfile } from './profiles.js';

/** A message that waits for the next admin page. */
export interface SimMessage {
  readonly level: 'info' | 'success' | 'warning' | 'error';
  readonly text: string;
}

const LEVELS = { info: 20, success: 25, warning: 30, error: 40 } as const;
const COOKIE_LIMIT = 2048;

/** The `messages` cookie; what does not fit is left for the session. */
export function packMessages(
  messages: readonly SimMessage[],
  format: SccProfile['messages'],
  now: number,
): { cookie: string; overflow: readonly SimMessage[] } {
  let kept = messages.length;
  let cookie = encode(messages, format, now);
  while (cookie.length > COOKIE_LIMIT && kept > 0) {
    kept -= 1;
    cookie = encode(messages.slice(messages.length - kept), format, now);
  }
  return { cookie, overflow: messages.slice(0, messages.length - kept) };
}

/** Reads the cookie back, in any of the formats; damaged ones hold nothing. */
export function unpackMessages(cookie: string): SimMessage[] {
  try {
    const entries: unknown = JSON.parse(jsonOf(cookie));
    return Array.isArray(entries) ? entries.flatMap((entry: unknown) => messageOf(entry)) : [];
  } catch {
    return [];
  }
}

function jsonOf(cookie: string): string {
  const readable = /^[0-9a-f]{40}\$(.*)$/s.exec(cookie)?.[1];
  if (readable !== undefined) return readable;
  const value = cookie.split(':')[0] ?? '';
  if (!value.startsWith('.')) return Buffer.from(value, 'base64url').toString('latin1');
  return inflateSync(Buffer.from(value.slice(1), 'base64url')).toString('latin1');
}

function messageOf(entry: unknown): SimMessage[] {
  if (!Array.isArray(entry)) return [];
  const fields: readonly unknown[] = entry;
  const [, , level, text] = fields;
  if (typeof text !== 'string') return [];
  if (level === LEVELS.error) return [{ level: 'error', text }];
  if (level === LEVELS.warning) return [{ level: 'warning', text }];
  return [{ level: level === LEVELS.success ? 'success' : 'info', text }];
}

function encode(messages: readonly SimMessage[], format: SccProfile['messages'], now: number): string {
  const json = asciiJson(
    messages.map(({ level, text }) => [
      '__json_message',
      0,
      LEVELS[level],
      text,
      ...(format === 'packed-extra-tags' ? [''] : []),
    ]),
  );
  if (format === 'readable') return `${sign(json, 'sha1', 'hex')}$${json}`;
  const raw = Buffer.from(json, 'latin1');
  const zipped = deflateSync(raw);
  const value = zipped.length < raw.length - 1 ? `.${zipped.toString('base64url')}` : raw.toString('base64url');
  const stamped = `${value}:${base62(Math.floor(now / 1000))}`;
  return `${stamped}:${sign(stamped, 'sha256', 'base64url')}`;
}

function sign(text: string, hash: string, encoding: 'hex' | 'base64url'): string {
  return createHmac(hash, 'simulated').update(text).digest(encoding);
}

/** JSON as Python's `json.dumps` writes it: compact, everything beyond ASCII escaped. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function base62(value: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let text = '';
  for (let left = value; left > 0; left = Math.floor(left / 62)) text = digits.charAt(left % 62) + text;
  return text || '0';
}
