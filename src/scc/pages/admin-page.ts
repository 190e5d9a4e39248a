import { parsePage } from '../../core/html/page.js';

/** What the admin says about the last operation (`ul.grp-messagelist`). */
export interface SiteMessage {
  readonly level: 'success' | 'warning' | 'error' | 'info';
  readonly text: string;
}

const LEVELS = ['success', 'error', 'warning'] as const;
const LIST = 'ul.grp-messagelist li';

/** Reads the message list of an admin page. The messages cookie is never decoded: its form changes with Django. */
export async function readMessages(text: string): Promise<SiteMessage[]> {
  if (!text.includes('grp-messagelist')) return [];
  return (await parsePage(text)).all(LIST).map((item) => ({
    level: LEVELS.find((level) => item.hasClass(`grp-${level}`)) ?? 'info',
    text: item.text,
  }));
}

const SELECTORS = {
  form: 'form input[name=post]',
  objects: 'div.grp-group ul.grp-nested-list li, ul.grp-nested-list li',
} as const;

/**
 * Objects that forbid a deletion: a delete page without a form is a refusal (grappelli `delete_confirmation`).
 * `undefined` where the page offers the form.
 */
export async function readProtectedObjects(text: string): Promise<string[] | undefined> {
  const page = await parsePage(text);
  if (page.first(SELECTORS.form) !== undefined) return undefined;
  return [...new Set(page.all(SELECTORS.objects).map((item) => item.text))];
}
