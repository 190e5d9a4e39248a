import { random } from '../../core/util/time.js';

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A random text of letters and digits. */
export function randomText(length: number): string {
  return Array.from({ length }, () => SIGNS.charAt(Math.floor(random() * SIGNS.length))).join('');
}

/** Django's masked token: 32 signs of a mask, then 32 of the secret shifted by it. */
export function maskToken(secret: string): string {
  const mask = randomText(32);
  return mask + shift(secret, mask, 1);
}

/** The secret in a token: 64 signs are masked, 32 are the secret itself. */
export function secretOf(token: string): string | undefined {
  if (!/^[A-Za-z0-9]+$/.test(token)) return undefined;
  if (token.length === 32) return token;
  return token.length === 64 ? shift(token.slice(32), token.slice(0, 32), -1) : undefined;
}

function shift(text: string, by: string, sign: 1 | -1): string {
  const count = SIGNS.length;
  return text
    .split(/(?:)/)
    .map((letter, index) => {
      const moved = SIGNS.indexOf(letter) + sign * SIGNS.indexOf(by.charAt(index));
      return SIGNS.charAt((moved + count) % count);
    })
    .join('');
}
