// IMAP: query, fetch in bulk, prove what is on the disk, upload a real packet file and find it again.
import { basename } from 'node:path';
import { ImapClient } from '@lab/sdc';
import { simulateImap } from '@lab/sdc/testing';
import { size, type Output } from './output.js';

const packets = new URL('../data/imap_mag_l0_raw_20240312_v001.0001.pkts', import.meta.url);

export async function demoImap(out: Output, directory: string): Promise<void> {
  const simulator = simulateImap();
  await using server = await simulator.listen();
  out.title(`IMAP: query, bulk download, upload (${server.url})`);
  await using imap = new ImapClient({ baseUrl: server.url, dataDir: directory, ...simulator.credentials });

  const query = { startDate: '2026-01-05', endDate: '2026-01-06', version: 'latest' };
  const files = (
    await Promise.all(['mag', 'swe', 'hit'].map((instrument) => imap.query({ instrument, ...query })))
  ).flat();
  out.line(`newest files of mag, swe and hit on two days: ${files.length}`);

  const download = out.transfers('downloading');
  const perLevel = new Map<string, { files: number; bytes: number }>();
  for await (const { path, bytes } of imap.downloadAll(files, { concurrency: 4, onProgress: download.onProgress })) {
    const [, instrument = '', level = ''] = basename(path).split('_');
    const sum = perLevel.get(`${instrument} ${level}`) ?? { files: 0, bytes: 0 };
    perLevel.set(`${instrument} ${level}`, { files: sum.files + 1, bytes: sum.bytes + bytes });
  }
  download.stop();
  out.table([...perLevel].map(([level, sum]) => ({ level, files: sum.files, size: size(sum.bytes) })));

  const [first] = files;
  if (first !== undefined) {
    const { status, path } = await imap.verify(first);
    out.line(`${basename(path)} beside the archive: ${status}`);
  }

  const sending = out.transfers('uploading');
  const sent = await imap.upload(packets, { onProgress: sending.onProgress, waitUntilIndexed: true });
  sending.stop();
  const [found] = await imap.query({ filePath: sent.name });
  out.line(`uploaded ${sent.name} (${size(sent.bytes)}), found again as ${found?.filePath ?? 'nothing'}`);
}
