import { HmiClient } from '../../../src/hmi/index.js';
import {
  all,
  bodyOf,
  common,
  mirroring,
  opening,
  optional,
  using,
  type Site,
  type Subject,
  type Ways,
} from './subject.js';

const hmi = (site: Site, ways: Ways): HmiClient => new HmiClient(common(site, ways));

const FILE = /GET \/HMI\/.*\.fits/u;

/** The transfer calls of the HMI client. */
export const HMI_SUBJECTS: readonly Subject[] = [
  {
    name: 'hmi.download',
    centre: 'hmi',
    kind: 'download',
    stations: { file: FILE },
    carrier: 'file',
    files: 2,
    run: (site, at, ways) =>
      using(hmi(site, ways), (client) => all(client.download(site.records, at, optional(ways)), ways)),
  },
  {
    name: 'hmi.mirror',
    centre: 'hmi',
    kind: 'download',
    stations: { list: /GET \/HMI\/(?!.*\.fits)/u, file: FILE },
    carrier: 'file',
    few: { file: 'hmi.download' },
    keeps: true,
    files: 2,
    run: (site, at, ways) =>
      using(hmi(site, ways), (client) => {
        const harpnum = site.records.map((record) => record.harpnum ?? 0);
        const [start = 0, last = start] = site.records.map(({ dateObs }) => Number(new Date(dateObs)));
        const query = { start: new Date(start), end: new Date(last + 1000), segments: ['magnetogram'], harpnum };
        return all(client.mirror('hmi.sharp_720s', query, { ...mirroring(ways), directory: at }), ways);
      }),
  },
  {
    name: 'hmi.downloadFile',
    centre: 'hmi',
    kind: 'download',
    stations: { file: FILE },
    carrier: 'file',
    files: 1,
    run: (site, at, ways) =>
      using(hmi(site, ways), async (client) => {
        const name = site.wanted[0] ?? '';
        await client.downloadFile(site.records[0]?.files[0]?.url ?? '', at, {
          ...optional(ways),
          fileName: () => name,
        });
      }),
  },
  {
    name: 'hmi.open',
    centre: 'hmi',
    kind: 'open',
    stations: { file: FILE },
    carrier: 'file',
    files: 1,
    run: (site, _at, ways) =>
      using(hmi(site, ways), async (client) =>
        bodyOf(await client.open(site.records[0]?.files[0] ?? '', opening(ways)), ways),
      ),
  },
];
