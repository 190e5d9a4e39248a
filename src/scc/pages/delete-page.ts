import { parsePage } from '../../core/html/page.js';

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
