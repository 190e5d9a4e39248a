import { escapeHtml } from '../kit/html.js';
import { reply, replyJson, type HmiContext } from './reply.js';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
};

const NOT_FOUND =
  'The requested URL was not found on the server.  If you entered the URL manually please check your spelling and try again.';

/** Something that a handler did not expect: a 500, as HTML in either form. */
export class HandlerFault extends Error {
  readonly exception: string;
  constructor(exception: string, message: string) {
    super(message);
    this.exception = exception;
  }
}

/** A problem document (RFC 7807), as connexion sends it. */
export function problem(context: HmiContext, status: number, detail: string): Response {
  const body = { type: 'about:blank', title: TITLES[status] ?? 'Error', detail, status };
  return replyJson(context, body, status, 'application/problem+json');
}

/** 404 for a path or a thing that is not there. */
export function notFound(context: HmiContext): Response {
  return problem(context, 404, NOT_FOUND);
}

/** A domain error of the project's services: JSON with `message`, and status 200. */
export function messageWith200(context: HmiContext, message: string): Response {
  return replyJson(context, { message });
}

/** An HTML page with status 200 where something else was asked for. */
export function pageWith200(context: HmiContext, message: string): Response {
  const text = `<!DOCTYPE html>\n<html><head><title>HMI</title></head><body><p>${escapeHtml(message)}</p></body></html>\n`;
  return reply(context, { type: 'text/html; charset=utf-8', text });
}

/** An exception in a handler: Werkzeug's debugger page, or `{"message": …}` labelled as HTML when debug is off. */
export function serverError(context: HmiContext, fault: HandlerFault): Response {
  const text = context.settings.debug ? tracebackPage(context, fault) : JSON.stringify({ message: fault.message });
  return reply(context, { status: 500, type: context.settings.debug ? 'text/html; charset=utf-8' : 'text/html', text });
}

function tracebackPage({ sim }: HmiContext, fault: HandlerFault): string {
  const error = escapeHtml(`${fault.exception}: ${fault.message}`);
  const path = escapeHtml(sim.url.pathname);
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html>
  <head>
    <title>${error} // Werkzeug Debugger</title>
  </head>
  <body>
    <div class="debugger">
<h1>${escapeHtml(fault.exception)}</h1>
<div class="detail"><p class="errormsg">${error}</p></div>
<h2 class="traceback">Traceback <em>(most recent call last)</em></h2>
<div class="traceback"><ul><li><div class="frame"><h4>File <cite class="filename">"/opt/hmi/service.py"</cite>,
line <em class="line">118</em>, in <code class="function">handle</code></h4><pre>GET ${path}</pre></div></li></ul>
<blockquote>${error}</blockquote></div>
<div class="plain"><pre>Traceback (most recent call last):
  File "/opt/hmi/service.py", line 118, in handle
${error}</pre></div>
    </div>
  </body>
</html>
`;
}
