import { ScopsClient, type ScopsOrder } from '../../../src/scops/index.js';
import {
  all,
  bodyOf,
  common,
  first,
  opening,
  optional,
  sending,
  using,
  type Site,
  type Subject,
  type Ways,
} from './subject.js';

const scops = (site: Site, ways: Ways): ScopsClient =>
  new ScopsClient({ ...site.credentials, ...common(site, ways), allowInsecure: true, confirmSpacingMs: 0 });

const FILE = { status: /GET .*status/u, archive: /GET .*downloads\/\w+\/f/u };
const FOLDER = /GET .*downloads\/\w+(?:\?|$)/u;
const ORDER: Omit<ScopsOrder, 'lines'> = { flight: { year: 2014, day: 217 }, email: 'me@institute.org' };
const PAGE = /GET \/processor\/job_?request/u;
const FORM = /POST /u;

/** The transfer calls of the SCOPS client. */
export const SCOPS_SUBJECTS: readonly Subject[] = [
  {
    name: 'scops.download',
    centre: 'scops',
    kind: 'download',
    stations: FILE,
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
    stations: FILE,
    carrier: 'archive',
    files: 1,
    run: (site, _at, ways) =>
      using(scops(site, ways), async (client) => bodyOf(await client.open(first(site), 'f21701', opening(ways)), ways)),
  },
  {
    name: 'scops.submit',
    centre: 'scops',
    kind: 'upload',
    stations: { page: PAGE, form: FORM },
    carrier: 'form',
    sends: { station: 'form', once: true },
    repeats: false,
    files: 1,
    run: (site, _at, ways) =>
      using(scops(site, ways), (client) => {
        const [file = '', header = ''] = site.sources;
        return client.submit({ ...ORDER, lines: [{ name: 'f21701' }], dem: { file, header } }, sending(ways));
      }),
  },
  {
    name: 'scops.reuploadDem',
    centre: 'scops',
    stage: 'scops-dem',
    kind: 'upload',
    stations: { status: FILE.status, folder: FOLDER, form: FORM },
    carrier: 'form',
    sends: { station: 'form', once: true },
    few: { status: 'scops.download' },
    files: 1,
    run: (site, _at, ways) =>
      using(scops(site, ways), (client) => {
        const [file = '', header = ''] = site.sources;
        return client.reuploadDem(first(site), { file, header }, { ...sending(ways), again: ways.again === true });
      }),
  },
  {
    name: 'scops.process',
    centre: 'scops',
    stage: 'scops-process',
    kind: 'process',
    stations: { page: PAGE, form: FORM, confirm: /GET .*confirm/u, probe: FOLDER, ...FILE },
    carrier: 'archive',
    sends: { station: 'form', once: true },
    whole: 'each order is a job with files of its own',
    repeats: false,
    waits: ['probe', 'status'],
    few: {
      page: 'scops.submit',
      probe: 'scops.reuploadDem',
      form: 'scops.submit',
      status: 'scops.download',
      archive: 'scops.download',
    },
    files: 2,
    run: (site, at, ways) => {
      const { signal, ...download } = optional(ways);
      return using(scops(site, ways), (client) =>
        client.process({ ...ORDER, lines: [{ name: 'f21701' }, { name: 'f21702' }] }, at, {
          ...(signal && { signal }),
          download,
          // Other hosts than this machine are probed politely.
          find: { probeIntervalMs: site.proxy === undefined ? 1 : 500, windowMs: 200_000 },
          pollIntervalMs: 1,
          deadlineMs: 3_000,
        }),
      );
    },
  },
];
