import type { RunningClock } from './clock.js';
import type { ArmedPlan } from './fault-plan.js';
import { strike } from './faults.js';
import { textResponse } from './html.js';
import { observe } from './record.js';
import { reshape } from './streams.js';
import type { RecordedRequest, SimContext, SimService } from './types.js';
import type { Wire } from './wire.js';

/** Public origins of the services, by name. */
export type Origins = Readonly<Record<string, string>>;

/** What handles a request, whichever way it came. */
export interface Engine {
  readonly services: Readonly<Record<string, SimService>>;
  readonly answer: (source: Request, service: string, origins: Origins, wire: Wire) => Promise<Response>;
}

/** Joins services, clock, faults and records. */
export function createEngine(parts: {
  readonly services: Readonly<Record<string, SimService>>;
  readonly clock: RunningClock;
  readonly faults: ArmedPlan;
  readonly requests: RecordedRequest[];
}): Engine {
  const { services, clock, faults, requests } = parts;

  const handle = async (request: Request, name: string, origins: Origins, wire: Wire): Promise<Response> => {
    const service = services[name];
    const url = new URL(request.url);
    const base = withoutSlash(service?.basePath ?? '/');
    if (service === undefined || !(url.pathname === base || url.pathname.startsWith(`${base}/`))) {
      return textResponse('Not Found', 'text/plain', 404);
    }
    const context: SimContext = {
      request,
      url,
      path: url.pathname.slice(base.length) || '/',
      service: name,
      origin: (other = name) => origins[other] ?? services[other]?.origin ?? url.origin,
      clock,
      viaSocket: wire.kind === 'socket',
    };
    return service.handle(context);
  };

  const answer: Engine['answer'] = async (source, name, origins, wire) => {
    clock.tick();
    const { request, record, drain } = observe(source, name, clock.now());
    requests.push(record);
    const run = async (asked: Request): Promise<Response> => handle(asked, name, origins, wire);
    const fault = faults.next(request);
    const response = await (fault === undefined ? run(request) : strike(fault, request, wire, run));
    await Promise.race([drain(), wire.gone]);
    record.status = response.status;
    if (request.method !== 'HEAD' || response.body === null) return response;
    await response.body.cancel();
    return reshape(response, null);
  };
  return { services, answer };
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
