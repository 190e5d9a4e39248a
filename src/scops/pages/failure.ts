import type { HtmlNode } from '../../core/html/page.js';
import { headingOf } from './read-page.js';

/** Failures that come with status 200 (pitfall 11). */
export type PageFailure = 'validation' | 'no-project' | 'no-delivery';

/** What the heading of a page says went wrong; `undefined` where it says nothing of the kind. */
export function failureOf(page: HtmlNode): PageFailure | undefined {
  const heading = headingOf(page).toLowerCase();
  if (heading.startsWith('validation failed')) return 'validation';
  if (heading.startsWith('project not found')) return 'no-project';
  return heading.startsWith('delivery not found') ? 'no-delivery' : undefined;
}

/** The first words below the heading. */
export function failureWords(page: HtmlNode): string {
  return page.first('p')?.text ?? '';
}
