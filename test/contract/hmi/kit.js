import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { fixture } from '../../unit/hmi/fixtures.js';
export const BASE = 'http://localhost:8001';
export const server = setupServer();
/** Every request that came, as `GET path?query`. */
export const seen = [];
/** A fake service that notes what it is asked; anything unknown is an error. */
export function useServer() {
    beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
    afterEach(() => {
        server.resetHandlers();
        seen.length = 0;
    });
    afterAll(() => server.close());
    server.events.on('request:start', ({ request }) => {
        const url = new URL(request.url);
        seen.push(`${request.method} ${url.pathname}${decodeURIComponent(url.search)}`);
    });
}
export function client(options = {}) {
    return new HmiClient({ baseUrl: BASE, retries: 0, ...options });
}
export function serve(path, answer) {
    server.use(http.get(`${BASE}${path}`, answer));
}
/** Answers each day with its rows, others with an empty list. */
export function serveDays(days, series = 'hmi.sharp_720s') {
    serve(`/HMI/${series}`, ({ request }) => {
        const start = new URL(request.url).searchParams.get('start') ?? '';
        return HttpResponse.json(days[start.slice(0, 10)] ?? []);
    });
}
export const DAY = { start: '2015-12-11', end: '2015-12-12' };
/** A list row of generation 3 or 4 at a time. */
export function row(time, recnum, changes = {}) {
    const [published] = fixture('g3-list.json');
    return {
        ...published,
        date__obs: time,
        recnum,
        t_rec_index: null,
        urls: [`http://cluster-r730-1:8001/HMI/hmi.sharp_720s/${recnum}/magnetogram.fits`],
        ...changes,
    };
}
export async function collect(source) {
    const all = [];
    for await (const one of source)
        all.push(one);
    return all;
}
