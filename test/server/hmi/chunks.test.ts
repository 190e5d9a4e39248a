import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { serve } from '../../support/server.js';
import { fits, useBench } from './kit.js';

const bench = useBench();
const COUNTERS = '/proc/self/io';

/** Write calls of this process so far. */
function writes(): number {
  return Number(/^syscw: (\d+)$/mu.exec(readFileSync(COUNTERS, 'utf8'))?.[1]);
}

describe('large files', () => {
  it.runIf(existsSync(COUNTERS))('pitfall 8: are written in large pieces, not in thousands of 1024 bytes', async () => {
    const body = fits(20 * 1024 * 1024);
    const { url } = await serve((_request, response) => {
      response.setHeader('content-length', body.length);
      response.end(body);
    });
    const { hmi } = await bench().service({}, { baseUrl: url });
    const before = writes();
    expect(await hmi.downloadFile(`${url}HMI/s/1/a.fits`, bench().folder)).toMatchObject({ bytes: body.length });
    // The server's own writes to the socket count, too.
    expect(writes() - before).toBeLessThan(3000);
  });
});
