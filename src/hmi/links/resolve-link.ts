import { DATA_FOLDER } from '../routes.js';
import type { HttpRequest } from '../../core/http/request.js';
import type { OwnRequest } from '../../core/operation/operation.js';

/** Where a link of the service may be fetched from, or why not. */
export type Resolved = { readonly url: URL } | { readonly refused: string };

/** How links are treated; see {@link HmiOptions.rebaseUrls}. */
export interface LinkSettings {
  /** With trailing slash. */
  readonly baseUrl: URL;
  readonly rebaseUrls: boolean | ((link: URL) => string | URL);
  /** Origins that links may lead to as they are. */
  readonly allowedOrigins: ReadonlySet<string>;
}

const DATA_ROUTE = `/${DATA_FOLDER}/`;
const AUTHORITY = /^(?:([a-z][a-z0-9+.-]*):)?\/\/[^/?#]*/iu;
/** Encoded slashes, backslashes and dots hide path parts from the checks. */
const ENCODED = /%(?:2f|5c|2e|00)/iu;
const UNPRINTABLE = /[\s\\]|\p{Cc}/u;

/**
 * The address for a link from an answer of the service or from the caller.
 *
 * @param link - Absolute, or relative to the base URL.
 */
export function resolveLink(link: string | URL, settings: LinkSettings): Resolved {
  const text = String(link);
  const complaint = complaintAbout(text);
  if (complaint !== undefined) return { refused: complaint };
  const { rebaseUrls, baseUrl } = settings;
  if (rebaseUrls === true) return rebase(text, baseUrl);
  if (!URL.canParse(text, baseUrl.href)) return { refused: 'it is not a URL' };
  const absolute = new URL(text, baseUrl.href);
  if (rebaseUrls === false) return judge(absolute, settings);
  const chosen = String(rebaseUrls(absolute));
  if (!URL.canParse(chosen, baseUrl.href)) return { refused: 'the function rebaseUrls did not return a URL for it' };
  return onlyHttp(new URL(chosen, baseUrl.href));
}

/** The address that a redirect of the service leads to, under the same rules as a link. */
export function resolveRedirect(from: string, location: string, settings: LinkSettings): Resolved {
  if (!URL.canParse(location, from)) return { refused: 'it is not a URL' };
  const target = new URL(location, from);
  if (target.origin === new URL(from).origin) return onlyHttp(target);
  return resolveLink(target, settings);
}

function complaintAbout(text: string): string | undefined {
  if (text === '') return 'it is empty';
  if (UNPRINTABLE.test(text)) return 'it contains spaces, backslashes or control characters';
  const path = pathOf(text);
  if (ENCODED.test(path)) return 'it contains encoded slashes or dots';
  if (path.split('/').some((part) => part === '.' || part === '..')) return 'it contains dot segments';
  return undefined;
}

function pathOf(text: string): string {
  return text.replace(AUTHORITY, '').replace(/[?#].*$/u, '');
}

function rebase(text: string, baseUrl: URL): Resolved {
  const scheme = AUTHORITY.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    return { refused: 'it is neither http nor https' };
  const path = pathOf(text);
  const rooted = path.startsWith('/') || scheme !== undefined ? path : `/${path}`;
  const at = rooted.indexOf(DATA_ROUTE);
  if (at < 0 || rooted.slice(0, at).includes(':') || at + DATA_ROUTE.length === rooted.length)
    return { refused: `it has no ${DATA_ROUTE} path, so it is not a link to the HMI service` };
  const prefix = baseUrl.pathname.slice(0, -1);
  const url = new URL(baseUrl);
  url.pathname = `${prefix}${rooted.slice(at)}`;
  url.search = /\?([^#]*)/u.exec(text)?.[1] ?? '';
  return url.pathname.startsWith(`${prefix}${DATA_ROUTE}`) ? { url } : { refused: 'it leads out of the service' };
}

function judge(url: URL, settings: LinkSettings): Resolved {
  if (url.origin !== settings.baseUrl.origin && !settings.allowedOrigins.has(url.origin))
    return { refused: `its host ${url.host} is not allowed; see the options rebaseUrls and allowedOrigins` };
  return onlyHttp(url);
}

function onlyHttp(url: URL): Resolved {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { refused: 'it is neither http nor https' };
  if (url.username !== '' || url.password !== '') return { refused: 'it contains a user or password' };
  url.hash = '';
  return { url };
}

/** An operation, as far as links go. */
interface WithLinks {
  readonly context: { readonly links: LinkSettings };
}

/**
 * A request whose redirects are followed under the rules for links: the service must not send the client to a host that it
 * would not contact by itself.
 */
export function withinLinks<R extends OwnRequest | HttpRequest>({ context }: WithLinks, request: R): R {
  return {
    ...request,
    redirect: (from: URL, location: string) => {
      const target = resolveRedirect(from.href, location, context.links);
      return 'url' in target ? target.url : `redirects to an address that is not followed: ${target.refused}`;
    },
  };
}
