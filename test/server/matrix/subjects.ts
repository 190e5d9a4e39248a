import { join } from 'node:path';
import { HmiClient, type HmiRecord } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC, type SccCredentials } from '../../../src/scc/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import type { Centre } from '../../../src/errors.js';
import type { DownloadOptions } from '../../../src/types.js';

/** Where a simulated centre listens and what it holds; travels as JSON to processes of their own. */
export interface Site {
  readonly centre: Centre;
  readonly url: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** What the call asks for: a measurement, file names, a processing id. */
  readonly wanted: readonly string[];
  readonly records: readonly HmiRecord[];
  /** Local files to be sent. */
  readonly sources: readonly string[];
}

/** How a call is made. */
export type Ways = Pick<DownloadOptions, 'signal' | 'overwrite' | 'concurrency' | 'onProgress'> & {
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly retries: number;
  /** The second try of an upload, which may find what the first one left. */
  readonly again?: boolean;
  /** Leaves a loop, or cancels a stream, at its first element. */
  readonly leave?: boolean;
};

/** One transfer call of a client. */
export interface Subject {
  readonly name: string;
  readonly centre: Centre;
  readonly kind: 'download' | 'open' | 'upload';
  /** The requests of the call that faults strike, by pattern. */
  readonly stations: Readonly<Record<string, RegExp>>;
  /** The station that carries the bytes. */
  readonly carrier: string;
  /** How many files of the scene it is about. */
  readonly files: number;
  /** @returns the body of what was opened. */
  readonly run: (site: Site, at: string, ways: Ways) => Promise<Uint8Array | undefined>;
}

interface Ends {
  close(): Promise<void>;
}

async function using<C extends Ends>(
  client: C,
  work: (client: C) => Promise<Uint8Array | undefined>,
): Promise<Uint8Array | undefined> {
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

const common = ({ url }: Site, { retries, timeoutMs, idleTimeoutMs }: Ways) => ({
  baseUrl: url,
  retries,
  timeoutMs,
  idleTimeoutMs,
});
const optional = ({ signal, overwrite, concurrency, onProgress }: Ways) => ({
  ...(signal && { signal }),
  ...(overwrite && { overwrite }),
  ...(concurrency !== undefined && { concurrency }),
  ...(onProgress && { onProgress }),
});
const sending = ({ signal, onProgress }: Ways) => ({ ...(signal && { signal }), ...(onProgress && { onProgress }) });

const scc = (site: Site, ways: Ways): SCC =>
  new SCC(site.credentials as unknown as SccCredentials, { ...common(site, ways), keepAlive: false });
const imap = (site: Site, at: string, ways: Ways): ImapClient =>
  new ImapClient({ ...common(site, ways), apiKey: site.credentials.apiKey ?? '', dataDir: at });
const hmi = (site: Site, ways: Ways): HmiClient => new HmiClient(common(site, ways));
const scops = (site: Site, ways: Ways): ScopsClient =>
  new ScopsClient({ ...site.credentials, ...common(site, ways), confirmSpacingMs: 0 });

const first = ({ wanted }: Site): string => wanted[0] ?? '';

async function all(files: AsyncIterable<unknown>, { leave }: Ways): Promise<undefined> {
  for await (const file of files) if (leave === true && file !== undefined) break;
  return undefined;
}

async function bodyOf({ stream }: { stream: ReadableStream<Uint8Array> }, { leave }: Ways): Promise<Uint8Array> {
  if (leave === true) {
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    return new Uint8Array();
  }
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const SCC_FILE = /GET \/data_processing\/measurements\/\w+\/download-/u;
const IMAP_FILE = { address: /GET \/(?:api-key\/)?download\//u, storage: /GET \/sds-data/u };
const HMI_FILE = /GET \/HMI\/.*\.fits/u;
const SCOPS_FILE = { status: /GET .*status/u, archive: /GET .*downloads\// };

/** Every transfer call of the four clients. */
export const SUBJECTS: readonly Subject[] = [
  {
    name: 'scc.downloadProducts',
    centre: 'scc',
    kind: 'download',
    stations: { archive: SCC_FILE },
    carrier: 'archive',
    files: 2,
    run: (site, at, ways) =>
      using(scc(site, ways), (client) =>
        all(client.downloadProducts(first(site), at, { ...optional(ways), products: ['elpp', 'optical'] }), ways),
      ),
  },
  {
    name: 'scc.downloadFile',
    centre: 'scc',
    kind: 'download',
    stations: { archive: SCC_FILE },
    carrier: 'archive',
    files: 1,
    run: (site, at, ways) =>
      using(scc(site, ways), async (client) => {
        const path = join(at, `preprocessed_${first(site)}.zip`);
        await client.downloadFile(
          `data_processing/measurements/${first(site)}/download-preprocessed/`,
          path,
          optional(ways),
        );
        return undefined;
      }),
  },
  {
    name: 'scc.openProduct',
    centre: 'scc',
    kind: 'open',
    stations: { archive: SCC_FILE },
    carrier: 'archive',
    files: 1,
    run: (site, _at, ways) =>
      using(scc(site, ways), async (client) =>
        bodyOf(await client.openProduct(first(site), 'elpp', optional(ways)), ways),
      ),
  },
  {
    name: 'scc.uploadFile',
    centre: 'scc',
    kind: 'upload',
    stations: { form: /POST \/data_processing\/measurements\/quick/u },
    carrier: 'form',
    files: 1,
    run: (site, _at, ways) =>
      using(scc(site, ways), async (client) => {
        await client.uploadFile(site.sources[0] ?? '', 437, { ...sending(ways), force: ways.again === true });
        return undefined;
      }),
  },
  {
    name: 'imap.download',
    centre: 'imap',
    kind: 'download',
    stations: IMAP_FILE,
    carrier: 'storage',
    files: 1,
    run: (site, at, ways) =>
      using(imap(site, at, ways), async (client) => {
        await client.download(first(site), optional(ways));
        return undefined;
      }),
  },
  {
    name: 'imap.downloadAll',
    centre: 'imap',
    kind: 'download',
    stations: IMAP_FILE,
    carrier: 'storage',
    files: 2,
    run: (site, at, ways) =>
      using(imap(site, at, ways), (client) => all(client.downloadAll(site.wanted, optional(ways)), ways)),
  },
  {
    name: 'imap.open',
    centre: 'imap',
    kind: 'open',
    stations: IMAP_FILE,
    carrier: 'storage',
    files: 1,
    run: (site, at, ways) =>
      using(imap(site, at, ways), async (client) => bodyOf(await client.open(first(site), optional(ways)), ways)),
  },
  {
    name: 'imap.upload',
    centre: 'imap',
    kind: 'upload',
    stations: { address: /GET \/api-key\/upload\//u, storage: /PUT \/sds-data/u },
    carrier: 'storage',
    files: 1,
    run: (site, at, ways) =>
      using(imap(site, at, ways), async (client) => {
        await client.upload(site.sources[0] ?? '', {
          ...sending(ways),
          ...(ways.again === true && { existing: 'accept-identical' }),
        });
        return undefined;
      }),
  },
  {
    name: 'hmi.download',
    centre: 'hmi',
    kind: 'download',
    stations: { file: HMI_FILE },
    carrier: 'file',
    files: 2,
    run: (site, at, ways) =>
      using(hmi(site, ways), (client) => all(client.download(site.records, at, optional(ways)), ways)),
  },
  {
    name: 'hmi.downloadFile',
    centre: 'hmi',
    kind: 'download',
    stations: { file: HMI_FILE },
    carrier: 'file',
    files: 1,
    run: (site, at, ways) =>
      using(hmi(site, ways), async (client) => {
        const name = site.wanted[0] ?? '';
        await client.downloadFile(site.records[0]?.files[0]?.url ?? '', at, {
          ...optional(ways),
          fileName: () => name,
        });
        return undefined;
      }),
  },
  {
    name: 'hmi.open',
    centre: 'hmi',
    kind: 'open',
    stations: { file: HMI_FILE },
    carrier: 'file',
    files: 1,
    run: (site, _at, ways) =>
      using(hmi(site, ways), async (client) =>
        bodyOf(await client.open(site.records[0]?.files[0] ?? '', optional(ways)), ways),
      ),
  },
  {
    name: 'scops.download',
    centre: 'scops',
    kind: 'download',
    stations: SCOPS_FILE,
    carrier: 'archive',
    files: 2,
    run: (site, at, ways) =>
      using(scops(site, ways), (client) =>
        all(client.download(first(site), at, { ...optional(ways), products: ['f21701', 'f21702'] }), ways),
      ),
  },
  {
    name: 'scops.open',
    centre: 'scops',
    kind: 'open',
    stations: SCOPS_FILE,
    carrier: 'archive',
    files: 1,
    run: (site, _at, ways) =>
      using(scops(site, ways), async (client) =>
        bodyOf(await client.open(first(site), 'f21701', optional(ways)), ways),
      ),
  },
  {
    name: 'scops.submit',
    centre: 'scops',
    kind: 'upload',
    stations: { form: /POST / },
    carrier: 'form',
    files: 1,
    run: (site, _at, ways) =>
      using(scops(site, ways), async (client) => {
        const [file = '', header = ''] = site.sources;
        await client.submit(
          {
            flight: { year: 2014, day: 217 },
            lines: [{ name: 'f21701' }],
            email: 'me@institute.org',
            dem: { file, header },
          },
          sending(ways),
        );
        return undefined;
      }),
  },
];
