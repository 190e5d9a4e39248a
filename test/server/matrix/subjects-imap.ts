import { ImapClient } from '../../../src/imap/index.js';
import {
  all,
  bodyOf,
  common,
  first,
  mirroring,
  opening,
  optional,
  sending,
  using,
  type Site,
  type Subject,
  type Ways,
} from './subject.js';

const imap = (site: Site, at: string, ways: Ways): ImapClient => {
  const { apiKey = '', webpodaToken = '' } = site.credentials;
  const webpodaUrl = `${site.origins.packets ?? ''}/`;
  return new ImapClient({ ...common(site, ways), apiKey, webpodaToken, webpodaUrl, dataDir: at });
};

const FILE = { address: /GET \/(?:api-key\/)?download\//u, storage: /GET \/sds-data/u };
const UPLOAD = { address: /GET \/api-key\/upload\//u, storage: /PUT \/sds-data/u };
const PACKETS = {
  times: /GET .*apid_\d+\.txt/u,
  packets: /GET .*apid_\d+\.bin/u,
  numbers: /GET \/api-key\/query/u,
};
const SPAN = { instrument: 'swapi', startTime: '2026-01-05', endTime: '2026-01-05T23:59:59Z' };
const ASSEMBLED = 'packets are asked for anew each time, since a service that lists them has no files to go on with';

const NOTHING = { times: 'an empty list of times is how the packet service says that nothing came' };

/** The transfer calls of the IMAP client. */
export const IMAP_SUBJECTS: readonly Subject[] = [
  {
    name: 'imap.download',
    centre: 'imap',
    kind: 'download',
    stations: FILE,
    carrier: 'storage',
    bodiless: ['address'],
    files: 1,
    run: (site, at, ways) =>
      using(imap(site, at, ways), async (client) => {
        await client.download(first(site), optional(ways));
      }),
  },
  {
    name: 'imap.download (verify, with another file in the place)',
    centre: 'imap',
    kind: 'download',
    stations: FILE,
    carrier: 'storage',
    bodiless: ['address'],
    few: { address: 'imap.download' },
    files: 1,
    laid: 'spoiled',
    before: 1,
    run: (site, at, ways) =>
      using(imap(site, at, ways), async (client) => {
        await client.download(first(site), { ...optional(ways), overwrite: 'skip', verify: true });
      }),
  },
  {
    name: 'imap.download (with connections)',
    centre: 'imap',
    stage: 'imap-large',
    kind: 'download',
    stations: FILE,
    carrier: 'storage',
    bodiless: ['address'],
    few: { address: 'imap.download' },
    files: 1,
    pieces: 2,
    ranged: true,
    run: (site, at, ways) =>
      using(imap(site, at, ways), async (client) => {
        await client.download(first(site), { ...optional(ways), connections: 3 });
      }),
  },
  {
    name: 'imap.downloadAll',
    centre: 'imap',
    kind: 'download',
    stations: FILE,
    carrier: 'storage',
    bodiless: ['address'],
    files: 2,
    run: (site, at, ways) =>
      using(imap(site, at, ways), (client) => all(client.downloadAll(site.wanted, optional(ways)), ways)),
  },
  {
    name: 'imap.mirror',
    centre: 'imap',
    kind: 'download',
    stations: { list: /GET \/(?:api-key\/)?query/u, ...FILE },
    carrier: 'storage',
    bodiless: ['address'],
    few: { address: 'imap.download', storage: 'imap.downloadAll' },
    keeps: true,
    files: 2,
    run: (site, at, ways) =>
      using(imap(site, at, ways), (client) =>
        all(client.mirror({ instrument: 'mag', dataLevel: 'l2' }, mirroring(ways)), ways),
      ),
  },
  {
    name: 'imap.open',
    centre: 'imap',
    kind: 'open',
    stations: FILE,
    carrier: 'storage',
    bodiless: ['address'],
    files: 1,
    run: (site, at, ways) =>
      using(imap(site, at, ways), async (client) => bodyOf(await client.open(first(site), opening(ways)), ways)),
  },
  ...(['right', 'spoiled'] as const).map((laid): Subject => ({
    name: `imap.verify (of a ${laid} copy)`,
    centre: 'imap',
    kind: 'check',
    stations: FILE,
    carrier: 'storage',
    bodiless: ['address'],
    files: 1,
    laid,
    run: (site, at, ways) =>
      using(imap(site, at, ways), async (client) => {
        const { status } = await client.verify(first(site), optional(ways));
        return new TextEncoder().encode(status);
      }),
  })),
  {
    name: 'imap.upload',
    centre: 'imap',
    kind: 'upload',
    stations: UPLOAD,
    carrier: 'storage',
    sends: { station: 'storage', once: false },
    files: 1,
    run: (site, at, ways) =>
      using(imap(site, at, ways), (client) =>
        client.upload(site.sources[0] ?? '', {
          ...sending(ways),
          ...(ways.again === true && { existing: 'accept-identical' }),
        }),
      ),
  },
  {
    name: 'imap.release',
    centre: 'imap',
    stage: 'imap-release',
    kind: 'upload',
    stations: { ...UPLOAD, listing: /GET \/api-key\/query/u, order: /GET \/api-key\/release/u },
    carrier: 'storage',
    sends: { station: 'storage', once: false },
    waits: ['listing'],
    unrepeated: ['order'],
    few: { address: 'imap.upload', storage: 'imap.upload' },
    files: 1,
    run: (site, at, ways) =>
      using(imap(site, at, ways), (client) => {
        const { signal } = sending(ways);
        const waiting = { pollIntervalMs: 1, deadlineMs: 3_000, ...(signal && { signal }) };
        return client.release({ releaseType: 'release', manifestFile: site.sources[0] ?? '' }, waiting);
      }),
  },
  {
    name: 'imap.downloadDailyPackets',
    centre: 'imap',
    stage: 'imap-packets',
    kind: 'download',
    stations: PACKETS,
    carrier: 'packets',
    pieces: 2,
    silences: NOTHING,
    files: 1,
    whole: ASSEMBLED,
    rangeless: 'the packet service makes its answers as it goes, without ranges and validators',
    run: (site, at, ways) =>
      using(imap(site, at, ways), (client) => all(client.downloadDailyPackets(SPAN, optional(ways)), ways)),
  },
  {
    name: 'imap.downloadRepointingPackets',
    centre: 'imap',
    stage: 'imap-repointing',
    kind: 'download',
    stations: PACKETS,
    carrier: 'packets',
    pieces: 2,
    silences: NOTHING,
    few: { packets: 'imap.downloadDailyPackets', numbers: 'imap.downloadDailyPackets' },
    files: 1,
    whole: ASSEMBLED,
    rangeless: 'the packet service makes its answers as it goes, without ranges and validators',
    run: (site, at, ways) =>
      using(imap(site, at, ways), (client) => {
        const query = { ...SPAN, repointingFile: site.sources[0] ?? '' };
        return all(client.downloadRepointingPackets(query, optional(ways)), ways);
      }),
  },
  {
    name: 'imap.downloadDailyPackets (and upload)',
    centre: 'imap',
    stage: 'imap-packets',
    kind: 'process',
    stations: UPLOAD,
    carrier: 'storage',
    sends: { station: 'storage', once: false },
    few: { address: 'imap.upload', storage: 'imap.upload' },
    files: 1,
    whole: ASSEMBLED,
    repeats: false,
    run: (site, at, ways) =>
      using(imap(site, at, ways), async (client) => {
        for await (const { uploadError } of client.downloadDailyPackets({ ...SPAN, upload: true }, optional(ways)))
          if (uploadError !== undefined) throw uploadError;
      }),
  },
];
