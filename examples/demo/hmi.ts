// HMI: list a day of active regions, one record an hour, and fetch two segments of each. The bodies are a real magnetogram.
import { readFile } from 'node:fs/promises';
import { HmiClient } from '@lab/sdc';
import { simulateHmi } from '@lab/sdc/testing';
import { size, type Output } from './output.js';

const magnetogram = new URL('../data/hmi-magnetogram.fits', import.meta.url);

export async function demoHmi(out: Output, directory: string): Promise<void> {
  await using server = await simulateHmi({ body: await readFile(magnetogram) }).listen();
  out.title(`HMI: a day of SHARPs (${server.url})`);
  await using hmi = new HmiClient({ baseUrl: server.url });

  const day = { start: '2015-12-11', end: '2015-12-12', cadenceMinutes: 360 };
  const records = await hmi.query('hmi.sharp_cea_720s', day).toArray();
  out.line(`records of 11 December 2015, one in six hours: ${records.length}`);

  const download = out.transfers('downloading');
  const perHarp = new Map<number, { files: number; bytes: number; first: string }>();
  const segments = ['magnetogram', 'continuum'];
  for await (const file of hmi.download(records, directory, { segments, onProgress: download.onProgress })) {
    const { harpnum = 0, dateObsText } = file.source.record;
    const sum = perHarp.get(harpnum) ?? { files: 0, bytes: 0, first: dateObsText };
    perHarp.set(harpnum, { ...sum, files: sum.files + 1, bytes: sum.bytes + file.bytes });
  }
  download.stop();
  const rows = [...perHarp].sort(([one], [other]) => one - other);
  out.table(rows.map(([harp, sum]) => ({ harp, files: sum.files, size: size(sum.bytes), first: sum.first })));
}
