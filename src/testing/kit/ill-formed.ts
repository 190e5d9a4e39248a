import { textResponse } from './html.js';

/** End tags that pages forget without any browser minding. */
const FORGOTTEN = /<\/(?:td|th|tr|li|option|p|tbody|thead|body|html)>/giu;
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/giu;
/** What is no markup. */
const TEXT = /(<script\b[\s\S]*?<\/script>|<style\b[\s\S]*?<\/style>|<textarea\b[\s\S]*?<\/textarea>)/iu;

/**
 * The same page as careless authors write it, which browsers show all the same: end tags left out, tags and attributes in
 * upper case, values without quotes, and the end of a `div` in every cell.
 */
export function illFormed(html: string): string {
  return html
    .split(TEXT)
    .map((part, index) => (index % 2 === 1 ? part : carelessMarkup(part)))
    .join('');
}

function carelessMarkup(html: string): string {
  return html.replace(FORGOTTEN, '').replace(TAG, (_, slash: string, name: string, attributes: string) => {
    const tag = `<${slash}${name.toUpperCase()}${carelessAttributes(attributes)}>`;
    return slash === '' && /^t[dh]$/iu.test(name) ? `${tag}</DIV>` : tag;
  });
}

function carelessAttributes(text: string): string {
  return text.replace(
    /([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/giu,
    (whole, name: string, double: string | undefined, single: string | undefined) => {
      const value = double ?? single ?? '';
      return /^[\w.:/-]*[\w.:-]$/u.test(value) ? `${name.toUpperCase()}=${value}` : whole;
    },
  );
}

/** An answer whose page is ill formed; what is no page stays as it is. */
export async function illFormedResponse(response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('text/html') || response.body === null) return response;
  const headers = Object.fromEntries(response.headers);
  delete headers['content-length'];
  return textResponse(illFormed(await response.text()), type, response.status, headers);
}
