import { http, HttpResponse, type HttpResponseResolver } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { HmiClient, type HmiOptions } from '../../../src/hmi/index.js';
import { fixture } from '../../unit/hmi/fixtures.js';

export const BASE = 'http://localhost:8001';
export const server = setupServer();
/** Every request that came, as `GET path?query`. */
export const seen: string[] = [];

/** A fake service that notes what it is asked; anything unknown is an error. */
export function useServer(): void {
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => {
    server.resetHandlers();
    seen.length = 0;
  });
  const note = ({ request }: { request: Request }): void => {
    const url = new URL(request.url);
    seen.push(`${request.method} ${url.pathname}${decodeURIComponent(url.search)}`);
  };
  beforeAll(() => {
    server.events.on('request:start', note);
  });
  afterAll(() => {
    server.events.removeListener('request:start', note);
    server.close();
  });
}

export function client(options: HmiOptions = {}): HmiClient {
  return new HmiClient({ baseUrl: BASE, retries: 0, ...options });
}

export function serve(path: string, answer: HttpResponseResolver): void {
  server.use(http.get(`${BASE}${path}`, answer));
}

/** Answers each day with its rows, others with an empty list. */
export function serveDays(days: Record<string, unknown[]>, series = 'hmi.sharp_720s'): void {
  serve(`/HMI/${series}`, ({ request }) => {
    const start = new URL(request.url).searchParams.get('start') ?? '';
    return HttpResponse.json(days[start.slice(0, 10)] ?? []);
  });
}

export const DAY = { start: '2015-12-11', end: '2015-12-12' };

/** A list row of generation 3 or 4 at a time. */
export function row(time: string, recnum: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const [published] = fixture('g3-list.json') as Record<string, unknown>[];
  return {
    ...published,
    date__obs: time,
    recnum,
    t_rec_index: null,
    urls: [`http://cluster-r730-1:8001/HMI/hmi.sharp_720s/${recnum}/magnetogram.fits`],
    ...changes,
  };
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
