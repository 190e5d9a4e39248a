import { describe, expect, it } from 'vitest';
import { simulateHmi } from '../../../src/testing/hmi/simulate.js';
import { PROBLEM } from './published.js';
import { get } from './support.js';
const LIST = 'HMI/hmi.sharp_720s';
const DAY = 'start=2015-12-11T00:00:00Z&end=2015-12-12T00:00:00Z';
const refused = async (path, options = {}, init) => {
    const response = await get(simulateHmi(options), path, init);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = (await response.json());
    expect(body.status).toBe(response.status);
    return body;
};
describe('refusals of the simulated HMI service', () => {
    it('is exactly the published problem document for a missing start', async () => {
        expect(await refused(LIST)).toEqual(PROBLEM);
        expect(await refused(`${LIST}?start=2015-12-11`)).toMatchObject({ detail: "Missing query parameter 'end'" });
    });
    it.each(['1', 'yes', ''])('takes no %j for a boolean', async (text) => {
        expect(await refused(`${LIST}?${DAY}&meta=${text}`)).toMatchObject({
            status: 400,
            detail: "Wrong type, expected 'boolean' for query parameter 'meta'",
        });
    });
    it('ignores the meta flag before the third generation', async () => {
        expect((await get(simulateHmi({ generation: 2 }), `${LIST}?${DAY}&meta=1`)).status).toBe(200);
    });
    it.each(['2015-12-11', '2015-12-11T00:00:00', 'soon', '2015-12-11T00:00:00+00:00'])('strict dates: %s is a 400 with the words of jsonschema (pitfall 12)', async (start) => {
        const { detail, status } = await refused(`${LIST}?start=${start}&end=2015-12-12T00:00:00Z`, {
            strictDates: true,
        });
        expect(status).toBe(400);
        expect(detail).toMatch(/^'.*' is not a 'date-time'\n\nFailed validating 'format' in schema:\n/);
    });
    it('strict dates: an encoded offset passes', async () => {
        const response = await get(simulateHmi({ strictDates: true }), `${LIST}?start=2015-12-11T00:00:00%2B00:00&end=2015-12-12T00:00:00.000000Z`);
        expect(response.status).toBe(200);
    });
    it('other dates end in the debugger page', async () => {
        const response = await get(simulateHmi(), `${LIST}?start=2015-12-11T00:00:00+00:00&end=2015-12-12`);
        expect([response.status, response.headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
        expect(await response.text()).toMatch(/Werkzeug Debugger.*Traceback/s);
    });
    it('without debug: JSON that calls itself HTML (pitfall 23)', async () => {
        const response = await get(simulateHmi({ debug: false }), `${LIST}?start=<b>&end=2015-12-12`);
        expect([response.status, response.headers.get('content-type')]).toEqual([500, 'text/html']);
        expect(await response.json()).toEqual({ message: "Unknown string format: '<b>'" });
    });
    it('escapes what it quotes in the debugger page', async () => {
        const response = await get(simulateHmi(), `${LIST}?start=<b>&end=2015-12-12`);
        expect(await response.text()).not.toContain('<b>');
    });
    it.each([
        '',
        'HMI',
        'HMI/',
        'HMI/hmi.sharp_720s/',
        'HMI/hmi.sharp_720s/5605571',
        'HMI/hmi.sharp_720s/5605571/a/b.fits',
        'HMI/hmi.sharp_720s/x/magnetogram.fits',
        'HMI/hmi.sharp_720s/5605571/..%2f..%2fx',
        'HMI/hmi.sharp_720s/5605571/%E0%A4%A',
        'hmi/hmi.sharp_720s',
        'ui/x',
    ])('knows no path /%s', async (path) => {
        expect(await refused(path)).toMatchObject({ status: 404, title: 'Not Found', type: 'about:blank' });
    });
    it('allows no other method', async () => {
        for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
            expect(await refused(`${LIST}?${DAY}`, {}, { method })).toMatchObject({
                status: 405,
                title: 'Method Not Allowed',
            });
        }
        const response = await get(simulateHmi(), LIST, { method: 'DELETE' });
        expect(response.headers.get('allow')).toBe('HEAD, OPTIONS, GET');
    });
    it.each([
        ['not-found', 404, /Not Found/],
        ['empty', 200, /^\[\]$/],
        ['bad-request', 400, /Unknown series 'hmi.nothing'/],
        ['message', 200, /^\{"message":"Unknown series 'hmi.nothing'"\}$/],
        ['error', 500, /Traceback/],
    ])('answers %s for an unknown series by switch', async (unknownSeries, status, body) => {
        const response = await get(simulateHmi({ unknownSeries }), `HMI/hmi.nothing?${DAY}`);
        expect(response.status).toBe(status);
        expect(await response.text()).toMatch(body);
        const meta = await get(simulateHmi({ unknownSeries }), 'HMI/hmi.nothing/meta/1');
        expect(meta.status).toBe(status);
    });
    it('answers for a held series without records with an empty list', async () => {
        const response = await get(simulateHmi(), `HMI/hmi.ic_720s?${DAY}`);
        expect(await response.json()).toEqual([]);
    });
    it.each([
        ['empty', 200],
        ['bad-request', 400],
        ['error', 500],
    ])('answers %s for a reversed range by switch', async (reversedRange, status) => {
        const response = await get(simulateHmi({ reversedRange }), `${LIST}?start=2015-12-12&end=2015-12-11`);
        expect(response.status).toBe(status);
    });
    it('answers a metadata request for unknown records with a message by switch', async () => {
        const response = await get(simulateHmi({ missingFile: 'message' }), `${LIST}/meta/1`);
        expect(await response.json()).toEqual({ message: 'No such record' });
    });
    it('knows names of series by generation where they are strict', async () => {
        const status = async (generation, series) => (await get(simulateHmi({ generation, seriesNames: 'strict' }), `HMI/${series}?${DAY}`)).status;
        expect(await status(2, 'sharp_720s')).toBe(200);
        expect(await status(2, 'hmi.sharp_720s')).toBe(404);
        expect(await status(3, 'sharp_720s')).toBe(404);
        expect(await status(4, 'hmi.sharp_720s')).toBe(200);
    });
});
