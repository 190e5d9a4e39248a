// SCOPS: order the processing of two flight lines, confirm it as the mail says, follow it, fetch the products.
import { setTimeout as pause } from 'node:timers/promises';
import { parseScopsMail, ScopsClient } from '@lab/sdc';
import { simulateScops } from '@lab/sdc/testing';
import { size, type Output } from './output.js';

export async function demoScops(out: Output, directory: string): Promise<void> {
  // A minute of the processing host passes in a second.
  const simulator = simulateScops({ clock: { mode: 'real', start: '2014-09-01T10:00:30Z', speed: 60 } });
  await using server = await simulator.listen();
  out.title(`SCOPS: from a flight to its mapped lines (${server.url})`);
  await using scops = new ScopsClient({ baseUrl: server.url, ...simulator.credentials });
  /** The next mail of a kind, as your mailbox would have it. */
  const mail = async (kind: string): Promise<ReturnType<typeof parseScopsMail>> => {
    for (;;) {
      const found = simulator.outbox.map(({ text }) => parseScopsMail(text)).find((one) => one.kind === kind);
      if (found !== undefined) return found;
      await pause(50);
      await scops.orderExists('none').catch(() => false); // any request lets the simulated host catch up with its clock
    }
  };

  const flight = await scops.getFlight({ year: 2014, day: 217 });
  out.line(`${flight.project}, day 217 of 2014: lines ${flight.lines.map(({ name }) => name).join(', ')}`);
  const order = await scops.submit({
    flight,
    lines: flight.lines.map(({ name }) => ({ name, bands: [1, 10] })),
    email: 'you@example.org',
    pixelSize: 3,
  });
  out.line(`ordered ${order.configName}`);
  await scops.confirm((await mail('confirm')).configName ?? order.configName);
  out.line('confirmed');

  const { processingId = '' } = await mail('status');
  for await (const { state, percent, products } of scops.watch(processingId, { pollIntervalMs: 250 })) {
    out.line(`${state} ${Math.round(percent)} %: ${products.map(({ name, stage }) => `${name} ${stage}`).join(', ')}`);
  }
  const download = out.transfers('downloading');
  const rows: Record<string, string | number>[] = [];
  for await (const file of scops.download(processingId, directory, { onProgress: download.onProgress })) {
    rows.push({ product: file.source, size: size(file.bytes), sha256: file.sha256?.slice(0, 12) ?? '' });
  }
  download.stop();
  out.table(rows);
}
