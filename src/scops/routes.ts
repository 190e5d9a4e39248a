import type { ResponseHead } from '../core/http/response.js';
import type { OwnRequest } from '../core/operation/operation.js';
import type { ScopsOperation } from './context.js';
import type { FlightDay } from './types.js';

/** Where a request goes, below the mount of the site; errors about it name it, too. */
export type Route = Required<Pick<OwnRequest, 'url' | 'query'>>;

/** An address with the one and only project argument of every request (pitfall 1). */
function route({ context }: ScopsOperation, url: string): Route {
  return { url, query: { project: context.project } };
}

export const requestPage = (op: ScopsOperation, { year, day, sortie }: FlightDay): Route => ({
  url: 'jobrequest',
  query: { day, year, project: op.context.project, sortie },
});

/** Takes an order. */
export const orders = (op: ScopsOperation): Route => route(op, 'progress');

export const confirmation = (op: ScopsOperation, configName: string): Route => route(op, `confirm/${configName}`);

export const orderPage = (op: ScopsOperation, configName: string): Route => route(op, `bandratio/${configName}`);

/** Takes equations and plugins. */
export const bandMaths = (op: ScopsOperation): Route => route(op, 'bandratio/req');

export const statusPage = (op: ScopsOperation, processingId: string): Route => route(op, `status/${processingId}`);

/** The products of an order, in JSON. */
export const products = (op: ScopsOperation, processingId: string): Route =>
  route(op, `status/processingupdate/${processingId}`);

export const projectArchive = (op: ScopsOperation, processingId: string): Route =>
  route(op, `downloads/${processingId}`);

export const productArchive = (op: ScopsOperation, processingId: string, product: string): Route =>
  route(op, `downloads/${processingId}/${product}`);

/** The page of an order in DEM error. */
export const demErrorPage = (op: ScopsOperation, processingId: string): Route => route(op, `dem_error/${processingId}`);

/** Takes another elevation model for an order in DEM error. */
export const demUploads = (op: ScopsOperation): Route => route(op, 'dem_error/upload');

/** Where an answer redirects to. */
export interface RedirectTarget {
  readonly toSuccess: boolean;
  /** Of the order whose page it is. */
  readonly configName: string | undefined;
}

/** Where an answer redirects to, which is not followed; `undefined` for one without a redirect. */
export function redirectTargetOf({ headers, url, status }: ResponseHead): RedirectTarget | undefined {
  const location = headers.get('location');
  if (status < 300 || location === null) return undefined;
  const path = URL.canParse(location, url) ? new URL(location, url).pathname : '';
  return { toSuccess: path.endsWith('/success'), configName: /\/bandratio\/([^/]+)\/?$/u.exec(path)?.[1] };
}

/** What the links in mails are for. */
const MAILED = { confirm: 'confirm', status: 'status', downloads: 'complete', dem_error: 'dem-error' } as const;
const LINK = new RegExp(`https?://[^\\s"'<>]+?/(${Object.keys(MAILED).join('|')})/([A-Za-z0-9_]+)\\?[^\\s"'<>]*`, 'gu');

/** A link in a mail: what it is for, and the config name or processing id in it. */
export interface MailedLink {
  readonly kind: (typeof MAILED)[keyof typeof MAILED];
  readonly id: string;
  readonly url: string;
}

/** The links of SCOPS in the text of a mail; that of a DEM error is repaired, since it leaves out the mount of the site. */
export function mailedLinks(text: string): MailedLink[] {
  return [...text.matchAll(LINK)].flatMap(([link, page, id = '']) => {
    const kind = Object.entries(MAILED).find(([name]) => name === page)?.[1];
    const address = link.replace(/[.,;:)\]>]+$/u, '');
    if (kind === undefined || !URL.canParse(address)) return [];
    return [{ kind, id, url: kind === 'dem-error' ? mounted(address) : address }];
  });
}

function mounted(address: string): string {
  const url = new URL(address);
  if (url.pathname.startsWith('/dem_error/')) url.pathname = `/processor${url.pathname}`;
  return url.href;
}
