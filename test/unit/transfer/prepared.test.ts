import { beforeEach, expect, it } from 'vitest';
import { NetworkError } from '../../../src/errors.js';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { zipCheck } from '../../../src/core/transfer/body/checks.js';
import { downloadMany } from '../../../src/core/transfer/download-many.js';
import { lazy } from '../../../src/core/util/lazy.js';
import { makeZip } from '../../../src/testing/kit/zip.js';
import { client, file, wanted } from '../../server/transfer/harness.js';
import { rejection } from '../../support/rejection.js';
import { serve, type ScriptedServer } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';

let server: ScriptedServer;
let dir: string;
const zip = Buffer.from(makeZip([{ name: 'a', data: 'x' }]));
beforeEach(async () => {
  server = await serve(file(zip));
  dir = tempDir();
});

/** Loads at the second try only, as with too many open files. */
function failing(): () => Promise<unknown> {
  let tries = 0;
  return () => {
    tries += 1;
    return tries > 1 ? Promise.resolve({}) : Promise.reject(Object.assign(new Error('open'), { code: 'EMFILE' }));
  };
}

it.each(['check', 'request'] as const)(
  'what the %s needs is loaded before anything is asked for, and a failure is forgotten',
  async (where) => {
    const { op, transport } = client(server.url);
    const load = lazy(failing());
    const extra = where === 'check' ? { check: { ...zipCheck, load } } : { load };
    const error = await rejection(downloadOne(op, wanted(dir, 'a.zip', extra)));
    expect(error).toBeInstanceOf(NetworkError);
    expect(String(error)).toContain('EMFILE');
    expect(server.requests).toEqual([]);
    expect((await downloadOne(op, wanted(dir, 'a.zip', extra))).status).toBe('downloaded');
    transport.close();
  },
);

it('a load that fails is a failure of its file alone, and a file that is there needs none', async () => {
  const { op, transport } = client(server.url);
  const load = lazy(failing());
  const requests = ['a.zip', 'b.zip'].map((name) => wanted(dir, name, { load }));
  const files = await downloadMany(op, requests, { onFailure: 'yield', concurrency: 1 }).toArray();
  expect(files.map(({ status }) => status)).toEqual(['failed', 'downloaded']);
  const never = (): Promise<never> => Promise.reject(new Error('not needed'));
  expect((await downloadOne(op, wanted(dir, 'b.zip', { load: never }))).status).toBe('skipped');
  transport.close();
});
