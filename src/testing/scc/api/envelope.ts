import { jsonResponse, textResponse } from '../../kit/html.js';
import type { Visit } from '../visit.js';

const MAX_LIMIT = 1000;
/** Parameters that are no filters. */
const CONTROL = new Set(['limit', 'offset', 'format', 'order_by']);

/** A filter of the API: which objects a value lets pass. */
export type ApiFilter<T> = (item: T, value: string) => boolean;

/** A list in tastypie's envelope (scc.md, 3.2). */
export function listAnswer<T>(
  visit: Visit,
  items: readonly T[],
  filters: Readonly<Record<string, ApiFilter<T>>>,
  show: (item: T) => unknown,
): Response {
  let found = items;
  for (const [name, value] of visit.query) {
    if (CONTROL.has(name)) continue;
    const filter = filters[name];
    if (filter === undefined) {
      const field = name.split('__')[0] ?? name;
      return jsonResponse({ error: `The '${field}' field does not allow filtering.` }, 400);
    }
    found = found.filter((item) => filter(item, value));
  }
  const limit = whole(visit.query.get('limit') ?? String(visit.world.options.apiPageSize ?? 20));
  const offset = whole(visit.query.get('offset') ?? '0');
  if (limit === undefined) return invalid('limit', visit);
  if (offset === undefined) return invalid('offset', visit);
  const size = limit === 0 ? MAX_LIMIT : Math.min(limit, MAX_LIMIT);
  const meta = { limit: size, offset, total_count: found.length };
  const links = {
    next: offset + size < found.length ? pageUri(visit, size, offset + size) : null,
    previous: offset > 0 ? pageUri(visit, size, Math.max(0, offset - size)) : null,
  };
  // Tastypie leaves the links out when the limit is 0.
  const objects = found.slice(offset, offset + size).map(show);
  return jsonResponse({ meta: limit === 0 ? meta : { ...meta, ...links }, objects });
}

function whole(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function invalid(name: string, visit: Visit): Response {
  const value = visit.query.get(name) ?? '';
  return jsonResponse({ error: `Invalid ${name} '${value}' provided. Please provide a positive integer.` }, 400);
}

function pageUri(visit: Visit, limit: number, offset: number): string {
  const query = new URLSearchParams(visit.query);
  query.delete('limit');
  query.delete('offset');
  query.append('limit', String(limit));
  query.append('offset', String(offset));
  return `${visit.context.url.pathname}?${query.toString()}`;
}

/** Whether the client takes JSON; anything else can break tastypie's choice of format. */
export function refuseFormat(visit: Visit): Response | undefined {
  const accept = visit.request.headers.get('accept') ?? '*/*';
  const format = visit.query.get('format');
  if (format === 'json' || (format === null && /\*\/\*|application\/(json|\*)/.test(accept))) return undefined;
  const asked = format ?? accept;
  return textResponse(
    `The format indicated '${asked}' had no available serialization method. Please check your \`\`formats\`\` and \`\`content_types\`\` on your Serializer.`,
    'text/html; charset=utf-8',
    400,
  );
}
