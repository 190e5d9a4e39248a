import { tmpdir } from 'node:os';
import {
  CALL,
  call,
  date,
  DOWNLOAD,
  flag,
  given,
  list,
  more,
  number,
  object,
  path,
  text,
  WAIT,
  word,
  type Argument,
  type Shape,
} from './kinds.js';

const folder = given(path, tmpdir());
const anyText = given(text, 'some-text');
const TWO_DAYS = { start: given(date, '2015-12-11'), end: given(date, '2015-12-12') };
const query = (fields: Shape['fields'], needed = true): Shape => ({ fields, needed });

const mirror = more(DOWNLOAD, {
  directory: path,
  dryRun: flag,
  verify: flag,
  include: list,
  exclude: list,
  since: date,
  remove: word,
  maxBytesPerSecond: number,
  run: call,
});

/** The other rooms have no folder of their own. */
const mirrorTo: Shape = { ...more(mirror, { directory: folder }), needed: true };

/** Names the folder that its answers are kept in. */
const doctor = more(CALL, { record: path });

const conditions = { segments: list, cadenceMinutes: number, meta: flag, filter: call };
const record = {
  series: 'hmi.sharp_720s',
  dateObs: new Date(0),
  dateObsText: '2015-12-11T00:00:00Z',
  files: [],
  raw: {},
};
export const HMI: Record<string, Argument[]> = {
  query: [anyText, query({ ...TWO_DAYS, ...conditions, sliceMs: number }), CALL],
  nearest: [anyText, given(date, '2015-12-11'), more(CALL, { ...conditions, withinMs: number })],
  latest: [anyText, more(CALL, { ...conditions, before: date, withinMs: number })],
  meta: [anyText, given(list, [1]), given(list, ['area']), more(CALL, { batchSize: number })],
  download: [given(list, [record]), folder, more(DOWNLOAD, { segments: list })],
  downloadFile: [given(path, 'http://127.0.0.1:9/HMI/s/1/a.fits'), folder, DOWNLOAD],
  mirror: [anyText, query({ ...TWO_DAYS, ...conditions, sliceMs: number }), mirrorTo],
  open: [given(path, 'http://127.0.0.1:9/HMI/s/1/a.fits'), CALL],
  describe: [CALL],
  isAlive: [CALL],
  doctor: [doctor],
};

const id = given(text, '20210601aky0930');
const dates = query({ dateStart: given(date, '2021-06-01'), dateEnd: given(date, '2021-07-01'), station: text });
const upload = more(CALL, {
  soundingFile: path,
  overlapFile: path,
  lidarRatioFile: path,
  delayHours: number,
  force: flag,
  measurementId: text,
  onProgress: call,
});
const products = { ...DOWNLOAD.fields, products: list, extract: flag };
const system = given(number, 437, '5');
const station: Shape = {
  ...more(CALL, {
    directory: folder,
    systemId: given(number, undefined, '5'),
    products: list,
    extract: flag,
    datalog: path,
    once: flag,
    pollIntervalMs: number,
    stableMs: number,
    deadlineMs: number,
    replace: flag,
    rerun: flag,
    skipCalibration: flag,
    delayHours: number,
    uploadTimeoutMs: number,
    settleMs: number,
    concurrency: number,
  }),
  needed: true,
};
export const SCC: Record<string, Argument[]> = {
  login: [CALL],
  logout: [CALL],
  queryMeasurements: [dates, CALL],
  listMeasurements: [query({ idExact: text, idStartsWith: text }, false), CALL],
  getMeasurement: [id, CALL],
  findMeasurement: [id, CALL],
  nextMeasurementId: [given(date, '2021-06-01'), given(text, 'aky'), CALL],
  getAncillary: [given(text, 'rs.nc'), given(word, 'sounding'), CALL],
  uploadFile: [given(path, '/no/such.nc'), system, upload],
  uploadFiles: [given(list, ['/no/such.nc'], 'text'), more(upload, { skipCalibration: flag })],
  watchProcessing: [id, WAIT],
  waitForProcessing: [id, WAIT],
  downloadProducts: [id, folder, { fields: products }],
  mirror: [query({ ...dates.fields, products: list }), mirrorTo],
  openProduct: [id, given(word, 'elpp'), CALL],
  downloadFile: [given(path, '/some/file.zip'), given(path, `${tmpdir()}/file.zip`), DOWNLOAD],
  processFile: [
    given(path, '/no/such.nc'),
    system,
    folder,
    { fields: { ...upload.fields, ...WAIT.fields, ...products } },
  ],
  rerunProcessing: [id, more(CALL, { from: word })],
  deleteMeasurement: [id, more(CALL, { related: flag })],
  getLidarConstants: [dates, CALL],
  station: [folder, station],
  doctor: [doctor],
};

const ingestion = { ingestionStartDate: date, ingestionEndDate: date };
const span = { startTime: given(date, '2026-01-05'), endTime: given(date, '2026-01-06') };
const table = query({ filePath: text, startDate: date, endDate: date, latest: flag, ...ingestion }, false);
const archived = given(text, 'imap_mag_l1a_norm-mago_20260105_v001.0001.cdf');
const imapDownload = more(DOWNLOAD, { directory: path, verify: flag, checkFormat: flag, connections: number });
const release = more(CALL, { pollIntervalMs: number, deadlineMs: number });
const packets = { instrument: given(text, 'mag'), ...span, upload: flag };
export const IMAP: Record<string, Argument[]> = {
  query: [
    query({
      table: word,
      instrument: given(text, 'mag'),
      dataLevel: text,
      descriptor: text,
      startDate: date,
      endDate: date,
      ...ingestion,
      version: text,
      extension: text,
      cr: number,
      filePath: text,
      crid: text,
      released: flag,
    }),
    CALL,
  ],
  spiceQuery: [query({ type: given(text, 'leapseconds'), fileName: text, ...ingestion, latest: flag }), CALL],
  download: [archived, imapDownload],
  downloadAll: [given(list, [archived.good]), imapDownload],
  mirror: [
    query({ instrument: given(text, 'mag'), dataLevel: text, startDate: date, ...ingestion }),
    more(mirror, { connections: number }),
  ],
  open: [archived, CALL],
  verify: [archived, imapDownload],
  upload: [
    given(path, '/no/imap_mag_l1a_norm-mago_20260105_v001.0001.cdf'),
    more(release, { onProgress: call, existing: word, waitUntilIndexed: flag, manuallyReprocessed: flag }),
  ],
  reprocess: [query({ startDate: given(date, '20260105'), endDate: given(date, '20260106'), instrument: text }), CALL],
  release: [
    query({ releaseType: given(word, 'release'), manifestFile: given(path, '/no/imap_mag_x_20260105_v001.txt') }),
    release,
  ],
  metakernel: [query({ ...span, spicePath: text, listFiles: flag, requireCoverage: flag, fileTypes: list }), CALL],
  spinTable: [table, CALL],
  repointTable: [table, CALL],
  smallForcesTable: [table, CALL],
  processingJobs: [query({ status: word, instrument: text, startDate: date, repointing: number }, false), CALL],
  processingLog: [anyText, CALL],
  downloadDailyPackets: [query({ ...packets, by: word }), more(DOWNLOAD, { order: word })],
  downloadRepointingPackets: [
    query({ ...packets, repointingFile: given(path, '/no/such.csv') }),
    more(DOWNLOAD, { order: word }),
  ],
  doctor: [doctor],
};

const configName = given(text, 'GB13_08_2014_217_20180307152824');
const processingId = given(text, 'GB13_08_2014_21720180307152902');
const order = query({
  flight: given(object, { year: 2014, day: 217 }),
  lines: given(list, [{ name: 'f21701' }]),
  email: given(text, 'me@institute.org'),
  bounds: object,
  interpolation: word,
  dem: word,
  bandMath: flag,
  allowUnorderableLines: flag,
});
const scopsWait = more(WAIT, { stallMs: number, allowPartial: flag });
const submitted = given(object, { configName: configName.good, tag: 'x', submittedAt: new Date(0) });
export const SCOPS: Record<string, Argument[]> = {
  getFlight: [query({ year: given(number, 2014), day: given(number, 217), sortie: text }), CALL],
  submit: [order, more(CALL, { onProgress: call })],
  confirm: [configName, CALL],
  orderExists: [configName, CALL],
  findConfigName: [
    given(object, { year: 2014, day: 217, submittedAt: new Date(0) }),
    more(CALL, { withinSeconds: number }),
  ],
  getBandMath: [configName, CALL],
  submitBandMath: [configName, query({ equations: object, plugins: list, lines: list }), CALL],
  findProcessingId: [submitted, more(CALL, { confirmedAt: date, windowMs: number, probeIntervalMs: number })],
  getStatus: [processingId, CALL],
  watch: [processingId, scopsWait],
  waitFor: [processingId, scopsWait],
  download: [processingId, folder, DOWNLOAD],
  open: [processingId, anyText, CALL],
  getDemError: [processingId, CALL],
  reuploadDem: [
    processingId,
    query({ file: given(path, '/no/dem.bil'), header: path }),
    more(CALL, { again: flag, onProgress: call }),
  ],
  doctor: [doctor],
  process: [order, folder, more(scopsWait, { bandMath: object, find: object, download: object, onOrder: call })],
};
