// The public surface, name by name: compiled against the packed package; never run. What is written here is promised to users.
// A line that no longer compiles is a change that breaks their programs.
import {
  SCC,
  sccSession,
  ImapClient,
  HmiClient,
  ScopsClient,
  loadSccSettings,
  isSdcError,
  parseImapFileName,
  parseScopsMail,
  scopsEnvironment,
  parseScopsConfig,
  formatScopsConfig,
  ScopsWorkspace,
  INSTRUMENTS,
  DATA_LEVELS,
  TABLES,
  ProcessingInputCollection,
  ScienceInput,
  AncillaryInput,
  SpiceInput,
  SpinInput,
  RepointInput,
  generateImapInput,
  Version,
  ScienceFilePath,
  AncillaryFilePath,
  SpiceFilePath,
  QuicklookFilePath,
  DependencyFilePath,
  ReleaseFilePath,
  CadenceFilePath,
  InvalidImapFileName,
  SdcError,
  ConfigError,
  WrongCredentials,
  Forbidden,
  SessionExpired,
  NotFoundError,
  MeasurementNotFound,
  RemoteFileNotFound,
  JobNotFound,
  FlightNotFound,
  ProductNotAvailable,
  RejectedError,
  SCCError,
  AlreadyExists,
  RateLimited,
  PageNotAccessible,
  NetworkError,
  TimeoutError,
  UnexpectedResponse,
  TransferError,
  ProcessingFailed,
  WaitTimeout,
} from '@lab/sdc';
import type {
  Pager,
  Page,
  Downloads,
  DownloadedFile,
  Mirror,
  MirroredFile,
  MirrorSummary,
  FailedDownload,
  CallOptions,
  ClientOptions,
  Logger,
  TransferProgress,
  OpenedFile,
  DownloadOptions,
  DateLike,
  SccCredentials,
  SccOptions,
  SccSettings,
  Measurement,
  LidarConstant,
  AncillaryFile,
  UploadOptions,
  UploadResult,
  FailedUpload,
  WaitOptions,
  SccProduct,
  SccModule,
  ProductStatus,
  ImapOptions,
  ImapQuery,
  ImapFile,
  SpiceFile,
  SpiceQuery,
  ReprocessQuery,
  HmiOptions,
  HmiRecord,
  HmiFile,
  ScopsOptions,
  ScopsOrder,
  SubmittedOrder,
  Flight,
  BandMathForm,
  ScopsStatus,
  ScopsMask,
  ScopsConfig,
  ScopsEnvironment,
} from '@lab/sdc';
import { simulateScc, simulateImap, simulateHmi, simulateScops } from '@lab/sdc/testing';
import type { Simulator, RecordedRequest, FaultPlan, SccSimulator } from '@lab/sdc/testing';

type Eq<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const ok = <T extends true>() => undefined as unknown as T;
type Fits<A, B> = [A] extends [B] ? true : false;
type Mut<T> = { -readonly [K in keyof T]: T[K] };

// Shared by all clients
ok<
  Eq<
    Mut<ClientOptions>,
    {
      baseUrl?: string | URL;
      fetch?: typeof globalThis.fetch;
      timeoutMs?: number;
      idleTimeoutMs?: number;
      retries?: number;
      logger?: Logger;
      userAgent?: string;
      headers?: Readonly<Record<string, string>>;
      proxy?: string | URL | false;
      maxConcurrency?: number;
    }
  >
>();
ok<Eq<Mut<CallOptions>, { signal?: AbortSignal; timeoutMs?: number; retries?: number; idleTimeoutMs?: number }>>();
ok<Eq<DateLike, Date | string>>();
ok<Eq<Mut<Page<1>>, { items: 1[]; page: number; pageCount?: number; totalCount?: number; warnings: string[] }>>();
ok<
  Fits<
    Pager<1>,
    {
      [Symbol.asyncIterator](): AsyncIterator<1>;
      byPage(o?: { from?: number }): AsyncIterable<Page<1>>;
      first(o?: CallOptions): Promise<1 | undefined>;
      toArray(o?: CallOptions & { limit?: number }): Promise<1[]>;
    }
  >
>();
ok<Fits<Downloads<1>, AsyncGenerator<1, void, undefined> & { toArray(): Promise<1[]> }>>();
ok<
  Eq<
    Mut<DownloadedFile<1>>,
    {
      status: 'downloaded' | 'resumed' | 'updated' | 'skipped';
      path: string;
      bytes: number;
      sha256?: string;
      url: string;
      contentType?: string;
      source: 1;
      extracted?: string[];
    }
  >
>();
ok<Eq<Mut<FailedDownload<1>>, { status: 'failed'; error: SdcError; source: 1; path?: string }>>();
ok<
  Eq<
    Mut<TransferProgress>,
    {
      name: string;
      bytes: number;
      totalBytes?: number;
      resumedFromBytes: number;
      filesDone: number;
      filesTotal?: number;
    }
  >
>();
ok<
  Eq<
    Mut<OpenedFile>,
    { stream: ReadableStream<Uint8Array>; name: string; bytes?: number; contentType?: string; url: string }
  >
>();
const d1: DownloadOptions = {
  concurrency: 1,
  overwrite: 'unique',
  resume: true,
  sha256: '0'.repeat(64),
  onFailure: 'yield',
  onProgress: (p) => p.bytes,
  idleTimeoutMs: 1,
  timeoutMs: 1,
  signal: new AbortController().signal,
};
// errors
const err = (e: unknown) => {
  if (isSdcError(e, 'closed')) {
    e.code;
    e.centre;
    e.operation;
    e.retryable;
    e.attempts;
    e.status;
    e.requestId;
    e.url;
    e.bodyExcerpt;
    e.cause;
  }
  if (e instanceof WrongCredentials) {
    const l: 'site' | 'account' | 'api-key' | 'token' | 'project' = e.layer;
  }
  if (e instanceof MeasurementNotFound) e.measurementId;
  if (e instanceof RemoteFileNotFound) e.file;
  if (e instanceof JobNotFound) e.jobId;
  if (e instanceof RejectedError) e.messages;
  if (e instanceof SCCError) e.messages;
  if (e instanceof RateLimited) e.retryAfterMs;
  if (e instanceof PageNotAccessible) {
    e.pageUrl;
    e.status;
  }
  if (e instanceof TransferError) {
    e.expected;
    e.actual;
    e.partPath;
  }
  if (e instanceof ProcessingFailed) e.state;
  if (e instanceof WaitTimeout) e.state;
};
const msgs: string[] = (undefined as unknown as RejectedError).messages;
const rate: number | undefined = (undefined as unknown as RateLimited).retryAfterMs;
// SCC
ok<Eq<Mut<SccCredentials>, { httpAuthUser: string; httpAuthPassword: string; username: string; password: string }>>();
const so: SccOptions = { keepAlive: true };
const st: Promise<SccSettings> = loadSccSettings('x');
async function scc(s: SCC, o: CallOptions) {
  const a: Promise<SCC> = sccSession();
  const b: Promise<number> = sccSession(undefined, {}, async (x: SCC) => 1);
  await s.login(o);
  await s.logout(o);
  const p1: Pager<Measurement> = s.queryMeasurements({ dateStart: '', dateEnd: new Date(), station: 'x' }, o);
  const p2: Pager<Measurement> = s.listMeasurements({ idExact: '', idStartsWith: '' }, o);
  const m: Measurement = await s.getMeasurement('', o);
  const m2: Measurement | undefined = await s.findMeasurement('', o);
  const id: string = await s.nextMeasurementId('', 'a', o);
  const an: AncillaryFile | undefined = await s.getAncillary('', 'lidarratio', o);
  const u: UploadResult = await s.uploadFile(new URL('file:///'), '1', {
    soundingFile: '',
    overlapFile: '',
    lidarRatioFile: new URL('x:'),
    delayHours: 1,
    force: true,
    measurementId: '',
    onProgress: () => {},
  });
  for await (const r of s.uploadFiles(['a', { file: 'x', systemId: 1 }])) {
    if (r.status === 'failed') r.error;
    else {
      const q: UploadResult = r;
    }
  }
  const w: AsyncGenerator<Measurement> = s.watchProcessing('', {
    pollIntervalMs: 1,
    deadlineMs: 1,
    appearMs: 1,
    onState: (x: Measurement) => {},
  });
  const w2: Measurement = await s.waitForProcessing('');
  const dl: Downloads<DownloadedFile<SccProduct>> = s.downloadProducts('', new URL('x:'), {
    products: ['raw'],
    extract: true,
  });
  const of: OpenedFile = await s.openProduct('', 'elquick', o);
  const df: DownloadedFile = await s.downloadFile('', '', {});
  const pf: { measurement: Measurement; files: DownloadedFile<SccProduct>[] } = await s.processFile('', 1, '', {
    force: true,
    deadlineMs: 1,
    extract: true,
  });
  await s.rerunProcessing('', { from: 'elpp' });
  const st: AsyncIterable<{
    readonly file: string;
    readonly measurementId?: string;
    readonly state: 'uploaded' | 'processing' | 'done' | 'failed';
    readonly error?: Error;
  }> = s.station('', {
    systemId: 1,
    directory: '',
    products: ['elpp'],
    datalog: '',
    once: true,
    pollIntervalMs: 1,
    replace: false,
    rerun: false,
    skipCalibration: true,
    signal: new AbortController().signal,
  });
  for await (const { file } of st) console.log(file);
  await s.deleteMeasurement('', { related: true });
  const lc: Pager<LidarConstant> = s.getLidarConstants({ dateStart: '', dateEnd: '' });
  const k: number = m.products.eldec.code ?? m.products.eldec.exitCode ?? 0;
  const stt: ProductStatus = m.products.upload.status;
  m.isQueued;
  m.isDelayed;
  m.isCalibration;
  m.dateCreation;
  m.dateUpdated;
  m.stationCode;
  m.systemId;
  m.isProcessing;
  m.products.elpp.message;
  await s.close();
  await s[Symbol.asyncDispose]();
}
ok<
  Eq<SccProduct, 'raw' | 'hirelpp' | 'cloudmask' | 'elpp' | 'optical' | 'plots' | 'elic' | 'elquick' | (string & {})>
>();
ok<Eq<SccModule, 'upload' | 'hirelpp' | 'cloudmask' | 'elpp' | 'elda' | 'eldec' | 'elic' | 'elquick'>>();
ok<Eq<ProductStatus, 'ok' | 'error' | 'not-run' | 'running' | 'unknown'>>();
ok<Fits<UploadResult['ancillaries'], { file: string; type: string; sent: boolean }[]>>();
// IMAP
async function im(i: ImapClient, o: CallOptions, f: ImapFile) {
  const io: ImapOptions = { dataDir: '', apiKey: '', accessToken: '', webpodaToken: '', webpodaUrl: '' };
  const dd: string = i.dataDir;
  const q: ImapQuery = {
    table: 'quicklook',
    instrument: 'x',
    dataLevel: 'x',
    descriptor: '',
    startDate: '',
    endDate: '',
    ingestionStartDate: '',
    ingestionEndDate: '',
    repointing: '',
    version: 'latest',
    majorVersion: '1',
    minorVersion: 1,
    extension: '',
    cr: 1,
    filePath: '',
    crid: '',
  };
  const r: ImapFile[] = await i.query(q, o);
  const s: SpiceFile[] = await i.spiceQuery(
    {
      type: 'x',
      fileName: '',
      startTime: '',
      endTime: '',
      ingestionStartDate: '',
      ingestionEndDate: '',
      version: 'latest',
      latest: true,
    },
    o,
  );
  const d: DownloadedFile = await i.download(f, { directory: '', overwrite: 'skip' });
  i.download(s[0]!);
  const da: Downloads<DownloadedFile<string>> = i.downloadAll(r, {});
  const mi: Mirror = i.mirror([{ instrument: 'mag' }, { table: 'spice', type: 'spin' }], {
    directory: '',
    dryRun: true,
    verify: true,
    include: [''],
    exclude: [''],
    since: 'last-run',
    remove: 'list',
    maxBytesPerSecond: 1,
    run: async ({ path }: MirroredFile) => console.log(path),
  });
  const ms: MirrorSummary = await mi.summary();
  const op: OpenedFile = await i.open('', o);
  const up: { name: string; bytes: number } = await i.upload('', { onProgress: () => {} });
  const re: string = await i.reprocess(
    { startDate: '', endDate: '', instrument: '', dataLevel: '', descriptor: '' },
    o,
  );
  const rl: string = await i.release({ releaseType: 'early-release', manifestFile: '' }, o);
  const mk: string = await i.metakernel({ startTime: '', endTime: '' }, o);
  await i.spinTable({ startDate: '', endDate: '', latest: true }, o);
  await i.repointTable({}, o);
  await i.smallForcesTable({}, o);
  await i.processingJobs({}, o);
  await i.processingJobs();
  const dp: Downloads<DownloadedFile> = i.downloadDailyPackets(
    { instrument: 'mag', startTime: '', endTime: '', by: 'sct', upload: true },
    o,
  );
  const rp: Downloads<DownloadedFile> = i.downloadRepointingPackets(
    { instrument: 'mag', startTime: '', endTime: '', repointingFile: '', upload: true },
    o,
  );
  const x: string = f.startDate;
  f.endDate;
  f.repointing;
  f.cr;
  f.version;
  f.majorVersion;
  f.minorVersion;
  f.extension;
  f.ingestionDate;
  f.released;
  f.crid;
  f.descriptor;
  f.dataLevel;
  f.table;
  f.filePath;
  f.instrument;
  const nm:
    ScienceFilePath | AncillaryFilePath | SpiceFilePath | QuicklookFilePath | DependencyFilePath | ReleaseFilePath =
    parseImapFileName('');
  const sp = new ScienceFilePath('');
  sp.name;
  sp.instrument;
  sp.dataLevel;
  const pp: string = sp.path();
  const v: boolean = sp.isValidForStartDate(new Date());
  const g: ScienceFilePath = ScienceFilePath.generate({
    instrument: 'swe',
    dataLevel: 'l0',
    descriptor: 'raw',
    startDate: '',
    version: 'v001.0001',
  } as never);
  const cad: CadenceFilePath = new CadenceFilePath('');
  const ver: Version = Version.parse('');
  const cmp: number = Version.compare(ver, ver);
  const maj: number | undefined = ver.major;
  const minorVersion: number = ver.minor;
  const ro: readonly string[] = INSTRUMENTS;
  const ro2: readonly string[] = DATA_LEVELS;
  const ro3: readonly string[] = TABLES;
  const te: TypeError = new InvalidImapFileName('', '', 'pattern');
  const ser: string = ProcessingInputCollection.deserialize('').serialize();
  ScienceInput;
  AncillaryInput;
  SpiceInput;
  SpinInput;
  RepointInput;
  generateImapInput('');
}
// HMI
async function hm(h: HmiClient, o: CallOptions, rec: HmiRecord) {
  const ho: HmiOptions = { rebaseUrls: true, politeDelayMs: 1 };
  const q: Pager<HmiRecord> = h.query(
    '',
    { start: '', end: '', harpnum: [1], segments: [''], cadenceMinutes: 12, quality: 'any', meta: true, sliceMs: 1 },
    o,
  );
  const me: Map<number, Record<string, string | number>> = await h.meta('', [1], ['a'], o);
  const dl: Downloads<DownloadedFile<HmiFile>> = h.download(q, '', { segments: [], fileName: (f: HmiFile) => f.url });
  h.download(rec, '');
  h.download([rec], '');
  const df: DownloadedFile = await h.downloadFile('', '', {});
  const op: OpenedFile = await h.open(rec.files[0]!, o);
  const de: unknown = await h.describe(o);
  rec.series;
  rec.dateObs;
  rec.dateObsText;
  rec.recnum;
  rec.harpnum;
  rec.tRecIndex;
  rec.quality;
  rec.meta;
  rec.raw;
  rec.files[0]?.segment;
  rec.files[0]?.record;
}
// SCOPS
async function sc(s: ScopsClient, o: CallOptions, so: SubmittedOrder) {
  const opt: ScopsOptions = { project: '', password: '', serverTimeZone: '' };
  const f: Flight = await s.getFlight({ year: 1, day: 1, sortie: 'a' }, o);
  const m: ScopsMask[] = ['underflows'];
  const order: ScopsOrder = {
    flight: f,
    lines: [{ name: '', bands: [1, 2] }],
    email: '',
    masks: m,
    projection: { proj: '' },
    pixelSize: [1, 2],
    bounds: { north: 1, south: 1, east: 1, west: 1 },
    interpolation: 'cubic',
    dem: { file: '', header: '' },
    bandMath: true,
  };
  const sub: SubmittedOrder = await s.submit(order, o);
  const ds: Date = sub.submittedAt;
  sub.configName;
  sub.tag;
  await s.confirm('', o);
  const b: boolean = await s.orderExists('', o);
  const bm: BandMathForm = await s.getBandMath('', o);
  await s.submitBandMath('', { equations: { a: '' }, plugins: [''], lines: [''] }, o);
  const id: string = await s.findProcessingId(so, o);
  const st: ScopsStatus = await s.getStatus('', o);
  const w: AsyncGenerator<ScopsStatus> = s.watch('', { deadlineMs: 1 });
  const w2: ScopsStatus = await s.waitFor('');
  const dl: Downloads<DownloadedFile<string>> = s.download('', '', { products: 'project' });
  const op: OpenedFile = await s.open('', '', o);
  await s.getDemError('', o);
  await s.reuploadDem('', { file: '', header: '' }, o);
  const pr: { status: ScopsStatus; files: DownloadedFile<string>[] } = await s.process(order, '');
  st.products[0]?.stage;
  st.products[0]?.percent;
  st.products[0]?.failed;
  st.details;
  const mail: {
    kind: 'confirm' | 'status' | 'complete' | 'dem-error';
    configName?: string;
    processingId?: string;
    url: string;
  } = parseScopsMail('');
  const env: ScopsEnvironment = scopsEnvironment({});
  const cfg: ScopsConfig = parseScopsConfig('');
  const t: string = formatScopsConfig(cfg);
  const ws = new ScopsWorkspace(env);
  const sid: string = await ws.submit(cfg);
  ws.list();
  ws.status('');
  ws.watch('', {});
  ws.products('');
  ws.plugins();
}
// Testing
const sims: Simulator<unknown>[] = [
  simulateScc({
    credentials: { httpAuthUser: '', httpAuthPassword: '', username: '', password: '' },
    data: {} as never,
  }),
  simulateImap({ apiKeys: {} as never, accessTokens: {} as never, data: {} as never }),
  simulateHmi({ data: [] as never }),
  simulateScops({ projects: {} as never, data: {} as never }),
];
const c: SccCredentials = simulateScc().credentials;
const f1: FaultPlan = sims[0]!.faults;
const rr: RecordedRequest[] = sims[0]!.requests;
