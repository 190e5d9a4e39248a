import { describe, expect, it } from 'vitest';
import { callerOf } from './caller.js';
const TIMES = `&project(time)&formatTime(%22yyyy-MM-dd'T'HH:mm:ss%22)`;
function packets(caller, dataset, token = caller.sim.credentials.webpodaToken) {
    return caller.send(caller.sim.webpodaUrl + dataset, { headers: { authorization: `Basic ${token}` } });
}
async function bytes(caller, dataset) {
    const headers = { authorization: `Basic ${caller.sim.credentials.webpodaToken}` };
    const answer = await caller.sim.fetch(caller.sim.webpodaUrl + dataset, { headers });
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
}
/** Walks over concatenated CCSDS packets. */
function headers(data) {
    const found = [];
    let at = 0;
    while (at < data.length) {
        expect(data.readUInt16BE(at) >> 11).toBe(1);
        found.push({
            apid: data.readUInt16BE(at) & 0x7ff,
            sequence: data.readUInt16BE(at + 2) & 0x3fff,
            seconds: data.readUInt32BE(at + 6),
        });
        at += 7 + data.readUInt16BE(at + 4);
    }
    expect(at).toBe(data.length);
    return found;
}
const range = (variable, from, to) => `?${variable}%3E=${from}.000000&${variable}%3C${to}.000000`;
describe('the packet service (section 12)', () => {
    it('wants its own Basic credential and none else (11)', async () => {
        const caller = callerOf();
        const query = `SID1/apid_1184.txt${range('ert', '2026-01-05T00:00:00', '2026-01-06T00:00:00')}${TIMES}`;
        expect((await packets(caller, query)).status).toBe(200);
        const refused = await packets(caller, query, 'wrong');
        expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="IMAP"']);
        const url = caller.sim.webpodaUrl + query;
        for (const other of [{}, caller.key, caller.bearer]) {
            expect((await caller.send(url, { headers: other })).status).toBe(401);
        }
        const own = callerOf({ webpodaTokens: ['bWU6c2VjcmV0'] });
        expect((await packets(own, query)).status).toBe(200);
    });
    it('lists spacecraft times of what the ground received in a half-open range, CRLF after each', async () => {
        const caller = callerOf();
        // The packet of midnight arrives at 00:00:40.4, that of 03:00 at 03:00:40.4: on the bounds.
        const bounds = '?ert%3E=2026-01-05T00:00:40.400000&ert%3C2026-01-05T03:00:40.400000';
        expect((await packets(caller, `SID1/apid_1184.txt${bounds}${TIMES}`)).text).toBe('2026-01-05T00:00:00\r\n');
        const lines = callerOf({ packetLineEnd: '\n' });
        const day = `SID1/apid_1184.txt${range('ert', '2026-01-05T00:00:00', '2026-01-06T00:00:00')}${TIMES}`;
        expect((await packets(lines, day)).text.split('\n').filter((line) => line !== '')).toHaveLength(6);
    });
    it('what is received on a day is not what was measured on it', async () => {
        const caller = callerOf();
        const [from, to] = ['2026-01-06T00:00:00', '2026-01-07T00:00:00'];
        const byErt = (await packets(caller, `SID1/apid_1052.txt${range('ert', from, to)}${TIMES}`)).text.split('\r\n');
        const byTime = (await packets(caller, `SID1/apid_1052.txt${range('time', from, to)}${TIMES}`)).text.split('\r\n');
        expect(byErt.some((line) => line.startsWith('2026-01-05T18'))).toBe(true);
        expect(byTime.filter((line) => line !== '').every((line) => line.startsWith('2026-01-06'))).toBe(true);
    });
    it('gives packets that parse, out of order and with a double (32)', async () => {
        const caller = callerOf();
        const data = await bytes(caller, `SID1/apid_1068.bin${range('time', '2026-01-05T00:00:00', '2026-01-07T00:00:00')}&project(packet)`);
        const found = headers(data);
        expect(new Set(found.map(({ apid }) => apid))).toEqual(new Set([1068]));
        expect(new Set(found.map(({ sequence }) => sequence)).size).toBe(found.length - 1);
        const seconds = found.map((packet) => packet.seconds);
        expect(seconds).not.toEqual([...seconds].sort((a, b) => a - b));
    });
    it('answers nothing for silence: an APID, a day, an instrument, a system', async () => {
        const caller = callerOf();
        const third = range('time', '2026-01-07T00:00:00', '2026-01-08T00:00:00');
        expect(await bytes(caller, `SID1/apid_1068.bin${third}&project(packet)`)).toHaveLength(0);
        expect(headers(await bytes(caller, `SID1/apid_1052.bin${third}&project(packet)`))).not.toHaveLength(0);
        expect((await packets(caller, `SID1/apid_1418.txt?project(time)`)).text).toBe('');
        expect((await packets(caller, `SID2/apid_1052.txt?project(time)`)).text).toBe('');
    });
    it('knows take and takeRight, and other variables', async () => {
        const caller = callerOf();
        const all = (await packets(caller, 'SID1/apid_594.txt?project(time)')).text.split('\r\n').slice(0, -1);
        expect(all[0]).toBe('2026-01-05T00:00:00.400');
        expect((await packets(caller, 'SID1/apid_594.txt?project(time)&take(2)')).text.split('\r\n').slice(0, -1)).toEqual(all.slice(0, 2));
        expect((await packets(caller, 'SID1/apid_594.txt?project(time)&takeRight(1)')).text).toBe(`${all.at(-1) ?? ''}\r\n`);
        const ert = `SID1/apid_594.txt?project(ert)&take(1)&formatTime(%22yyyy-DDD'Z'HHmmss.SSSSSS%22)`;
        expect((await packets(caller, ert)).text).toBe('2026-005Z000040.400000\r\n');
        expect((await packets(caller, 'SID1/apid_594.txt?take(1)')).text).toBe('2026-01-05T00:00:00.400, 2026-01-05T00:00:40.400, 30\r\n');
    });
    it.each([
        ['SID1/apid_1.txt?project(time)', 404],
        ['SID4/apid_594.txt?project(time)', 404],
        ['SID1/apid_594.csv?project(time)', 404],
        ['SID1/apid_594.txt?time=2026', 400],
        ['SID1/apid_594.txt?time%3E=yesterday', 400],
        ['SID1/apid_594.txt?sort()', 400],
        ['SID1/apid_594.txt?%E0%A4%A', 400],
        ['SID1/apid_594.bin?project(time)', 400],
    ])('refuses %s with %i', async (dataset, status) => {
        expect((await packets(callerOf(), dataset)).status).toBe(status);
    });
    it('reads only', async () => {
        const caller = callerOf();
        const headers = { authorization: `Basic ${caller.sim.credentials.webpodaToken}` };
        const reply = await caller.send(`${caller.sim.webpodaUrl}SID1/apid_594.txt?project(time)`, {
            method: 'POST',
            headers,
        });
        expect(reply.status).toBe(405);
    });
    it('takes own packets', async () => {
        const own = new Uint8Array([1, 2, 3]);
        const data = {
            replace: true,
            packets: [
                { apid: 9, time: '2026-02-01T00:00:00Z', bytes: own },
                { apid: 9, time: '2026-02-01T00:00:01Z', ert: '2026-02-03T00:00:00Z' },
            ],
        };
        const caller = callerOf({ data });
        expect([...(await bytes(caller, 'SID1/apid_9.bin?ert%3C2026-02-02T00:00:00.000000&project(packet)'))]).toEqual([
            1, 2, 3,
        ]);
        expect(headers(await bytes(caller, 'SID1/apid_9.bin?ert%3E2026-02-02T00:00:00.000000&project(packet)'))).toHaveLength(1);
        expect((await packets(caller, 'SID1/apid_594.txt?project(time)')).text).toBe('');
    });
});
