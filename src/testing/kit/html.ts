const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

/** Text made safe for HTML, as Django and Jinja do it. */
export function escapeHtml(text: string | number): string {
  return String(text).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

/** A whole page; `body` is HTML. */
export function page(title: string, body: string): string {
  return `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>\n<body>\n${body}\n</body></html>\n`;
}

/** Text as an answer with the exact `Content-Length`. */
export function textResponse(text: string, type: string, status = 200, headers: Record<string, string> = {}): Response {
  const bytes = new TextEncoder().encode(text);
  return new Response(bytes, {
    status,
    headers: { 'content-type': type, 'content-length': String(bytes.length), ...headers },
  });
}

/** A page as an answer. */
export function htmlResponse(html: string, status = 200, headers: Record<string, string> = {}): Response {
  return textResponse(html, 'text/html; charset=utf-8', status, headers);
}

/** JSON as an answer. */
export function jsonResponse(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return textResponse(JSON.stringify(value), 'application/json', status, headers);
}
