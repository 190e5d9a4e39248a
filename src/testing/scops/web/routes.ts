import { bandMathPage } from './band-math-page.js';
import { bandMathRequest } from './band-math-request.js';
import type { View } from './call.js';
import { confirmOrder } from './confirm.js';
import { demErrorPage, demUpload } from './dem-error.js';
import { downloadProduct, downloadProject } from './downloads.js';
import { submitOrder } from './progress.js';
import { requestPage } from './request-page.js';
import { kmlPage, staticFile, successPage } from './static-pages.js';
import { statusPage } from './status-page.js';
import { statusUpdate } from './status-update.js';

/** A rule of the site's URL map. */
export interface Route {
  readonly pattern: RegExp;
  readonly methods: readonly ('GET' | 'POST')[];
  /** Whether the route asks for the project login. */
  readonly login: boolean;
  readonly view: View;
}

const READ = ['GET'] as const;
const SEND = ['POST'] as const;
const BOTH = ['GET', 'POST'] as const;

/** Fixed paths come before those with a variable part, as in Werkzeug's own ranking. Paths are decoded already. */
export const ROUTES: readonly Route[] = [
  { pattern: /^\/(?:jobrequest)?$/, methods: BOTH, login: true, view: requestPage },
  { pattern: /^\/progress$/, methods: SEND, login: true, view: submitOrder },
  { pattern: /^\/success$/, methods: READ, login: false, view: successPage },
  { pattern: /^\/kmlpage$/, methods: READ, login: false, view: kmlPage },
  { pattern: /^\/static\/(.+)$/, methods: READ, login: false, view: staticFile },
  { pattern: /^\/confirm\/(.+)$/, methods: BOTH, login: true, view: confirmOrder },
  { pattern: /^\/bandratio\/req$/, methods: SEND, login: true, view: bandMathRequest },
  { pattern: /^\/bandratio\/([^/]+)$/, methods: READ, login: true, view: bandMathPage },
  { pattern: /^\/status\/processingupdate\/([^/]+)$/, methods: READ, login: true, view: statusUpdate },
  { pattern: /^\/status\/(.+)$/, methods: READ, login: true, view: statusPage },
  { pattern: /^\/downloads\/([^/]+)$/, methods: BOTH, login: true, view: downloadProject },
  { pattern: /^\/downloads\/([^/]+)\/([^/]+)$/, methods: BOTH, login: true, view: downloadProduct },
  { pattern: /^\/dem_error\/upload$/, methods: SEND, login: false, view: demUpload },
  { pattern: /^\/dem_error\/([^/]+)$/, methods: BOTH, login: true, view: demErrorPage },
];
