import { escapeHtml, htmlResponse, jsonResponse, textResponse } from '../../kit/html.js';
import type { World } from '../world/world.js';
import { BASE_PATH } from '../settings.js';

const FAULTS: Readonly<Record<number, readonly [title: string, text: string]>> = {
  400: ['Bad Request', 'The browser (or proxy) sent a request that this server could not understand.'],
  404: [
    'Not Found',
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
  ],
  405: ['Method Not Allowed', 'The method is not allowed for the requested URL.'],
  413: ['Request Entity Too Large', 'The data value transmitted exceeds the capacity limit.'],
  500: [
    'Internal Server Error',
    'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
  ],
};

/** One of Werkzeug's default pages. */
export function faultPage(status: number, headers: Record<string, string> = {}): Response {
  const [title, text] = FAULTS[status] ?? ['Error', ''];
  const html = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`;
  return htmlResponse(html, status, headers);
}

/** A page of the site's template; its head title is the same everywhere. */
export function templatePage(body: string, title = 'Processing page'): Response {
  return htmlResponse(
    `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n` +
      `<link href="${BASE_PATH}static/css/bootstrap.min.css" rel="stylesheet">\n</head>\n<body>\n<div class="container">\n${body}\n</div>\n</body>\n</html>\n`,
  );
}

/** The page for failures that the site notices itself; its status is 200. */
export function failurePage(title: string, text: string): Response {
  return templatePage(`<h1>${title}</h1>\n<p>${text} please email us at .</p>`);
}

/** A 302 to a path below the mount point, as the age of the host words it. */
export function redirect(world: World, origin: string, path: string): Response {
  const location = `${world.settings.host.location === 'absolute' ? origin : ''}${BASE_PATH}${path}`;
  const link = escapeHtml(location);
  const html =
    '<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n' +
    `<p>You should be redirected automatically to the target URL: <a href="${link}">${link}</a>. If not, click the link.\n`;
  return htmlResponse(html, 302, { location });
}

/** A bare text with the type of a page, as a view that returns a string. */
export function bareText(text: string): Response {
  return htmlResponse(text);
}

/** JSON with sorted keys; older hosts print it with white space. */
export function sortedJson(world: World, value: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Response {
  const sorted = sortKeys(Object.entries(value).map(([key, inner]) => [key, sortKeys(Object.entries(inner))]));
  if (!world.settings.host.prettyJson) return jsonResponse(sorted);
  return textResponse(`${JSON.stringify(sorted, null, 2)}\n`, 'application/json');
}

function sortKeys(entries: [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
