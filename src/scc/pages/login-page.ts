import { parsePage } from '../../core/html/page.js';

/** The fields of a login form (SCC front end and Django admin alike); that of the token is in every form. */
export const FORM_FIELDS = { username: 'username', password: 'password', token: 'csrfmiddlewaretoken' } as const;

const SELECTORS = {
  user: `input[name=${FORM_FIELDS.username}]`,
  password: 'input[type=password]',
  token: `input[name=${FORM_FIELDS.token}]`,
} as const;

/** Whether an answer is the login in place of what was asked for: by its address, or by its form. */
export async function isLogin(url: string, text: string): Promise<boolean> {
  return isLoginAddress(url) || hasLoginForm(text);
}

export async function hasLoginForm(text: string): Promise<boolean> {
  if (!/type\s*=\s*["']?password/iu.test(text)) return false;
  const page = await parsePage(text);
  return page.first(SELECTORS.user) !== undefined && page.first(SELECTORS.password) !== undefined;
}

/** Whether an address belongs to a login, of the accounts or of the admin. */
export function isLoginAddress(url: string): boolean {
  return URL.canParse(url) ? /\/login\/?$/u.test(new URL(url).pathname) : /\/login\/?(?:\?|$)/u.test(url);
}

/** The CSRF token of a form. */
export async function formToken(text: string): Promise<string | undefined> {
  if (!text.includes(FORM_FIELDS.token)) return undefined;
  const token = (await parsePage(text)).first(SELECTORS.token)?.attr('value');
  return token === '' ? undefined : token;
}
