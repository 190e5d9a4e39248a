import { createRequire } from 'node:module';
import type { http as mswHttp, RequestHandler } from 'msw';

import type { Engine } from './engine.js';
import { ConnectionBroken, softWire } from './wire.js';

/** What is used of msw. */
interface Msw {
  readonly http: typeof mswHttp;
}

/** msw, which is an optional peer dependency, at the time of the call. */
function loadMsw(): Msw {
  const msw = required();
  if (isMsw(msw)) return msw;
  throw new TypeError('simulator.handlers: this version of msw is not known; install msw 2');
}

function required(): unknown {
  try {
    return createRequire(import.meta.url)('msw');
  } catch (cause) {
    throw new TypeError('simulator.handlers: msw is not installed; add it with npm install --save-dev msw', { cause });
  }
}

function isMsw(value: unknown): value is Msw {
  return typeof value === 'object' && value !== null && 'http' in value;
}

/** Handlers for msw, one a service. The answers are plain responses, so that msw keeps no cookies of its own. */
export function createHandlers(engine: Engine): RequestHandler[] {
  const { http } = loadMsw();
  return Object.entries(engine.services).map(([name, service]) =>
    http.all(new RegExp(`^${escapePattern(new URL(service.origin).origin)}/`), async ({ request }) => {
      try {
        return await engine.answer(request, name, {}, softWire('msw', request.signal));
      } catch (error) {
        if (error instanceof ConnectionBroken) return Response.error();
        throw error;
      }
    }),
  );
}

function escapePattern(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
