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
