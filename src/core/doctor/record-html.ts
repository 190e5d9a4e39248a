import type { Pseudonyms } from './pseudonyms.js';

const PARTS = /<!--[\s\S]*?-->|<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>|<[^>]*>|[^<]+|</giu;
const ATTRIBUTE = /([^\s=/>"']+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s>"']+)/gu;
/** Attributes that pages are read by: they are the site's own words. */
const STRUCTURE =
  /^(?:class|id|name|type|method|for|rel|lang|charset|enctype|role|target|colspan|rowspan|style|scope|http-equiv|autocomplete|maxlength|aria-current|data-order)$/iu;

/** A page whose elements stay, and whose texts and values go through the pseudonyms. What scripts and comments hold is left out. */
export function recordedHtml(html: string, pseudonyms: Pseudonyms): string {
  return html.replace(PARTS, (part, raw: string | undefined) => {
    if (part.startsWith('<!--')) return '';
    if (raw !== undefined) return `<${raw}></${raw}>`;
    if (!part.startsWith('<') || part.startsWith('<!')) return part.startsWith('<!') ? part : pseudonyms.text(part);
    return part.replace(ATTRIBUTE, (_whole, name: string, equals: string, value: string) => {
      const shown = STRUCTURE.test(name) ? pseudonyms.plain(value) : pseudonyms.text(value);
      return `${name}${equals}${shown}`;
    });
  });
}
