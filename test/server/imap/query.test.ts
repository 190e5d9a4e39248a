import { describe, expect, it } from 'vitest';
import { useBench } from './kit.js';

const bench = useBench();

/** Twenty days of ten files each. */
const files = Array.from({ length: 200 }, (_unused, at) => {
  const day = String(1 + (at % 20)).padStart(2, '0');
  return { name: `imap_mag_l2_kind${String(Math.floor(at / 20))}_202601${day}_v001.0001.cdf`, released: true };
});
const data = { replace: true, files };
const QUERY = { instrument: 'mag', dataLevel: 'l2' } as const;

const BROKEN = { code: 'network', centre: 'imap', operation: 'imap.query', retryable: true };

describe('a connection that is dropped in the middle of a large answer', () => {
  it('once, costs no row: the answer is asked for again, or the error says what broke', async () => {
    const { sim, client } = await bench().centre({ data });
    const whole = await client().query(QUERY);
    expect(whole).toHaveLength(200);
    sim.faults.add({ route: /\/query/u, times: 1, fault: { kind: 'drop', afterBytes: 30_000 } });
    expect(await client({ retries: 1 }).query(QUERY)).toEqual(whole);
    sim.faults.add({ route: /\/query/u, times: 1, fault: { kind: 'drop', afterBytes: 30_000 } });
    await expect(client().query(QUERY)).rejects.toMatchObject(BROKEN);
  });

  it.each([0, 1])('each time, with %j retries, is an error, and never fewer rows', async (retries) => {
    const { sim, client } = await bench().centre({ data });
    sim.faults.add({ route: /\/query/u, times: 9, fault: { kind: 'drop', afterBytes: 30_000 } });
    await expect(client({ retries }).query(QUERY)).rejects.toMatchObject(BROKEN);
    expect(sim.requests).toHaveLength(retries + 1);
  });

  it('of one of the parts, costs no row when that part comes the second time, and is an error when it does not', async () => {
    const { sim, client } = await bench().centre({ data, maxAnswerBytes: 15_000 });
    const whole = await client().query(QUERY);
    expect(whole).toHaveLength(200);
    const drop = { kind: 'drop', afterBytes: 100 } as const;
    let part = '';
    const route = ({ url }: Request): boolean => {
      const { searchParams } = new URL(url);
      const [start = '', end = ''] = ['start_date', 'end_date'].map((name) => searchParams.get(name) ?? '');
      // Few enough days to be answered, and days with files.
      const isPart = start > '20260101' && end !== '' && end < '20260120' && Number(end) - Number(start) < 4;
      if (isPart) part = searchParams.toString();
      return isPart;
    };
    sim.faults.add({ route, times: 1, fault: drop });
    const before = sim.requests.length;
    expect(await client().query(QUERY)).toEqual(whole);
    expect(sim.requests.slice(before).filter(({ query }) => query.toString() === part)).toHaveLength(2);
    sim.faults.add({ route, times: 1000, fault: drop });
    await expect(client().query(QUERY)).rejects.toMatchObject(BROKEN);
  });
});
