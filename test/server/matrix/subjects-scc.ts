import { join } from 'node:path';
import { SCC, type SccCredentials } from '../../../src/scc/index.js';
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

const scc = (site: Site, ways: Ways): SCC =>
  new SCC(site.credentials as unknown as SccCredentials, { ...common(site, ways), keepAlive: false });

/** The answer to an upload has a limit of its own, and a lost one is looked for. */
const limits = ({ timeoutMs }: Ways) => ({ uploadTimeoutMs: timeoutMs, settleMs: 500 });
const uploading = (ways: Ways) => ({ ...sending(ways), ...limits(ways) });

const ARCHIVE = /GET \/data_processing\/measurements\/\w+\/download-/u;
const FORM = /POST \/data_processing\/measurements\/quick/u;
/** The requests of an upload besides the form itself. */
const BEFORE = {
  lookup: /GET \/api\/v1\/measurements\//u,
  page: /GET \/data_processing\/measurements\/quick/u,
};
const SHOWN = /GET \/data_processing\/measurements\/20210601aky0930\/$/u;

/** The transfer calls of the SCC client. */
export const SCC_SUBJECTS: readonly Subject[] = [
  {
    name: 'scc.downloadProducts',
    centre: 'scc',
    kind: 'download',
    stations: { archive: ARCHIVE },
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
    stations: { archive: ARCHIVE },
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
      }),
  },
  {
    name: 'scc.mirror',
    centre: 'scc',
    kind: 'download',
    stations: { list: /GET \/admin\/database\/measurements\//u, archive: ARCHIVE },
    carrier: 'archive',
    few: { archive: 'scc.downloadProducts' },
    leavesOut: 'a mirror leaves out a product that is not offered after all, and the next run asks again',
    keeps: true,
    files: 2,
    run: (site, at, ways) =>
      using(scc(site, ways), (client) => {
        const query = { dateStart: '2021-06-30', dateEnd: '2021-07-01', products: ['elpp', 'optical'] };
        return all(client.mirror(query, { ...mirroring(ways), directory: at }), ways);
      }),
  },
  {
    name: 'scc.openProduct',
    centre: 'scc',
    kind: 'open',
    stations: { archive: ARCHIVE },
    carrier: 'archive',
    files: 1,
    run: (site, _at, ways) =>
      using(scc(site, ways), async (client) =>
        bodyOf(await client.openProduct(first(site), 'elpp', opening(ways)), ways),
      ),
  },
  {
    name: 'scc.uploadFile',
    centre: 'scc',
    kind: 'upload',
    stations: { ...BEFORE, form: FORM, shown: SHOWN },
    carrier: 'form',
    sends: { station: 'form', once: true },
    helps: ['shown'],
    absent: ['lookup'],
    // Its first answer is that there is no such measurement.
    bodiless: ['lookup'],
    few: { page: 'scc.uploadFile, the look-up before', shown: 'scc.uploadFile, the look-up before' },
    files: 1,
    run: (site, _at, ways) =>
      using(scc(site, ways), (client) =>
        client.uploadFile(site.sources[0] ?? '', 437, { ...uploading(ways), force: ways.again === true }),
      ),
  },
  {
    name: 'scc.uploadFile (with a radiosonde, overlap and lidar ratio)',
    centre: 'scc',
    stage: 'scc-combined',
    kind: 'upload',
    stations: { ancillary: /GET \/api\/v1\/(?:sounding|overlap|lidarratio)s?/u, form: FORM },
    carrier: 'form',
    sends: { station: 'form', once: true },
    absent: ['ancillary'],
    few: { form: 'scc.uploadFile' },
    files: 1,
    run: (site, _at, ways) =>
      using(scc(site, ways), (client) => {
        const [file = '', soundingFile = '', overlapFile = '', lidarRatioFile = ''] = site.sources;
        const ancillaries = { soundingFile, overlapFile, lidarRatioFile };
        return client.uploadFile(file, 437, { ...uploading(ways), ...ancillaries, force: ways.again === true });
      }),
  },
  {
    name: 'scc.uploadFiles',
    centre: 'scc',
    stage: 'scc-many',
    kind: 'upload',
    stations: { form: FORM },
    carrier: 'form',
    sends: { station: 'form', once: true },
    few: { form: 'scc.uploadFile' },
    files: 2,
    run: (site, _at, ways) =>
      using(scc(site, ways), async (client) => {
        const [one = '', two = ''] = site.sources;
        const options = { ...uploading(ways), systemId: 437, force: ways.again === true };
        let failure: Error | undefined;
        for await (const result of client.uploadFiles([one, two], options))
          if (result.status === 'failed') failure ??= result.error;
        if (failure !== undefined) throw failure;
      }),
  },
  {
    name: 'scc.processFile',
    centre: 'scc',
    stage: 'scc-process',
    kind: 'process',
    stations: { form: FORM, state: BEFORE.lookup, archive: ARCHIVE },
    carrier: 'archive',
    sends: { station: 'form', once: true },
    absent: ['state'],
    waits: ['state'],
    few: { form: 'scc.uploadFile', archive: 'scc.downloadProducts' },
    files: 2,
    run: (site, at, ways) =>
      using(scc(site, ways), (client) =>
        client.processFile(site.sources[0] ?? '', 437, at, {
          ...optional(ways),
          ...limits(ways),
          force: ways.again === true,
          products: ['elpp', 'optical'],
          pollIntervalMs: 1,
          deadlineMs: 3_000,
        }),
      ),
  },
];
