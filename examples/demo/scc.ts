// The SCC's main job: upload a raw lidar measurement with its radiosonde, wait for the processing, fetch the products.
import { basename } from 'node:path';
import { sccSession, type Measurement, type SccCredentials } from '@lab/sdc';
import { simulateScc } from '@lab/sdc/testing';
import { size, type Output } from './output.js';

const data = new URL('../data/', import.meta.url);

/** Where the work is done: a real site with credentials from the environment, or a simulated one. */
export interface SccTarget {
  readonly baseUrl: string;
  readonly credentials?: SccCredentials;
  readonly pollIntervalMs: number;
}

function stateOf({ products }: Measurement): string {
  return Object.entries(products)
    .filter(([, { status }]) => status !== 'not-run')
    .map(([module, { status }]) => `${module} ${status}`)
    .join(', ');
}

export async function runScc(out: Output, target: SccTarget, directory: string, systemId: number): Promise<void> {
  const { baseUrl, credentials, pollIntervalMs } = target;
  out.title(`SCC: from a raw measurement to its products (${baseUrl})`);
  await using scc = await sccSession(credentials, { baseUrl });
  out.line('logged in');

  const upload = out.transfers('uploading');
  const { measurementId: id, ancillaries } = await scc.uploadFile(new URL('20210601aky0930.nc', data), systemId, {
    soundingFile: new URL('rs_20210601aky09.nc', data),
    onProgress: upload.onProgress,
  });
  upload.stop();
  out.line(`uploaded ${id}${ancillaries.map(({ file, sent }) => (sent ? ` with ${basename(file)}` : '')).join('')}`);

  for await (const measurement of scc.watchProcessing(id, { pollIntervalMs })) {
    out.line(
      `${measurement.isProcessing ? 'processing' : measurement.isQueued === true ? 'queued' : 'now'}: ${stateOf(measurement)}`,
    );
  }

  const rows: Record<string, string | number>[] = [];
  const download = out.transfers('downloading');
  for await (const file of scc.downloadProducts(id, directory, {
    extract: true,
    onProgress: download.onProgress,
  })) {
    rows.push({
      product: file.source,
      size: size(file.bytes),
      unpacked: file.extracted?.length ?? 0,
      sha256: file.sha256?.slice(0, 12) ?? '',
    });
  }
  download.stop();
  out.line(`downloaded to ${directory}:`);
  out.table(rows);

  const month = await scc
    .queryMeasurements({ dateStart: '2021-06-01', dateEnd: '2021-07-01', station: 'aky' })
    .toArray();
  const failed = month.filter(({ products }) =>
    Object.values(products).some(({ status }) => status === 'error'),
  ).length;
  out.line(`June 2021 at station aky: ${month.length} measurements, ${failed} of them with a failed module`);

  await scc.deleteMeasurement(id);
  out.line(`deleted ${id}`);
  await scc.logout();
  out.line('logged out');
}

/** The same against a simulated SCC on the loopback interface, twenty times faster than the wall clock. */
export async function demoScc(out: Output, directory: string): Promise<void> {
  const simulator = simulateScc({ clock: { mode: 'real', start: '2021-07-01', speed: 20 } });
  await using server = await simulator.listen();
  await runScc(out, { baseUrl: server.url, credentials: simulator.credentials, pollIntervalMs: 150 }, directory, 437);
}
