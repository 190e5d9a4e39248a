/** Cookies of a request, by name; quoted values are unquoted as Python does. */
export function readCookies(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0) cookies.set(part.slice(0, at).trim(), unquote(part.slice(at + 1).trim()));
  }
  return cookies;
}

/** How a cookie is set. */
export interface CookieAttributes {
  /** Seconds; without it the cookie lasts as long as the browser's session. 0 deletes it. */
  readonly maxAge?: number;
  readonly httpOnly?: boolean;
}

/** A `Set-Cookie` header. */
export function setCookie(name: string, value: string, attributes: CookieAttributes): string {
  const { maxAge, httpOnly } = attributes;
  const age =
    maxAge === undefined
      ? ''
      : maxAge === 0
        ? 'expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; '
        : `Max-Age=${String(maxAge)}; `;
  return `${name}=${quote(value)}; ${age}${httpOnly === true ? 'HttpOnly; ' : ''}Path=/; SameSite=Lax`;
}

const LEGAL = /^[\w!#$%&'*+\-.^`|~:]*$/;
const PLAIN_IN_QUOTES = /[\w!#$%&'*+\-.^`|~:()/<=>?@[\]{} ]/;

/** Python's quoting of cookie values: octal for what is not allowed, a backslash before quotes. */
function quote(value: string): string {
  if (value === '') return '""';
  if (LEGAL.test(value)) return value;
  const inner = value.split(/(?:)/).map((sign) => {
    if (sign === '"' || sign === '\\') return `\\${sign}`;
    return PLAIN_IN_QUOTES.test(sign) ? sign : `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `"${inner.join('')}"`;
}

function unquote(value: string): string {
  if (!value.startsWith('"') || !value.endsWith('"') || value.length < 2) return value;
  return value
    .slice(1, -1)
    .replace(/\\([0-3][0-7]{2}|.)/g, (_whole, sign: string) =>
      sign.length === 3 ? String.fromCharCode(Number.parseInt(sign, 8)) : sign,
    );
}
