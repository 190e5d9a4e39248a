// Compiled by the types tests with several compilers and settings; never run.
import {
  SCC,
  sccSession,
  HmiClient,
  ImapClient,
  ScopsClient,
  SdcError,
  MeasurementNotFound,
  isSdcError,
} from '@lab/sdc';
import type {
  CallOptions,
  ClientOptions,
  DownloadedFile,
  Downloads,
  FailedDownload,
  Logger,
  Measurement,
  Pager,
  SccProduct,
  TransferProgress,
} from '@lab/sdc';
import { SCC as SubpathSCC, loadSccSettings } from '@lab/sdc/scc';
import { parseImapFileName } from '@lab/sdc/imap';
import { HmiClient as SubpathHmi } from '@lab/sdc/hmi';
import { parseScopsMail } from '@lab/sdc/scops';
import { simulateScc, simulateImap, simulateHmi, simulateScops } from '@lab/sdc/testing';

/** Compiles only where `T` is a real type: an unresolved import would be `any`. */
type NotAny<T> = 0 extends 1 & T ? never : T;
declare function known<T>(value: NotAny<T>): void;

export async function use(): Promise<void> {
  const scc = new SCC({ httpAuthUser: 'u', httpAuthPassword: 'p', username: 'n', password: 'w' }, { retries: 1 });
  known<SCC>(scc);
  known<SubpathSCC>(scc);
  const options: CallOptions & ClientOptions = { timeoutMs: 1000 };
  const logger: Logger = { warn: (message, fields) => void [message, fields] };
  known(logger);
  const pager: Pager<Measurement> = scc.queryMeasurements({ dateStart: new Date(), dateEnd: '2021-07-01' }, options);
  for await (const measurement of pager) known<string>(measurement.id);
  for await (const page of pager.byPage({ from: 2 })) known<string[]>(page.warnings);
  const found = await scc.findMeasurement('20210601aky0930');
  known<string | undefined>(found?.products.elpp.status);
  // @ts-expect-error: it may not be there
  found.id;

  const files: Downloads<DownloadedFile<SccProduct>> = scc.downloadProducts('id', 'directory', {
    onProgress: (progress: TransferProgress) => void progress.bytes,
  });
  for (const file of await files.toArray()) known<SccProduct>(file.source);
  for await (const file of scc.downloadProducts('id', 'directory', { onFailure: 'yield' })) {
    if (file.status === 'failed') known<FailedDownload<SccProduct>>(file);
    else known<string>(file.path);
  }
  // @ts-expect-error: a product is a name
  await scc.openProduct('id', 5);
  await scc.openProduct('id', 'eldamwl');
  const opened = await scc.openProduct('id', 'optical');
  known<Uint8Array | undefined>((await opened.stream.getReader().read()).value);

  const kept: Measurement = await sccSession(undefined, {}, (session) => session.getMeasurement('id'));
  known(kept);
  known<string | undefined>((await loadSccSettings()).outputDir);
  const dispose: () => PromiseLike<void> = () => scc[Symbol.asyncDispose]();
  known(dispose);

  const hmi: SubpathHmi = new HmiClient({ baseUrl: 'http://localhost:8001' });
  for await (const record of hmi.query('hmi.sharp_cea_720s_nrt', { start: '2014-09-10', end: '2014-09-11' })) {
    known<Date>(record.dateObs);
  }
  const imap = new ImapClient({ apiKey: 'key' });
  for (const file of await imap.query({ instrument: 'mag' })) known<string>(file.filePath);
  known(parseImapFileName('imap_mag_l0_raw_20240312_v001.0001.pkts'));
  const scops = new ScopsClient({ project: 'project' });
  known(await scops.getFlight({ year: 2014, day: 194 }));
  known<string>(parseScopsMail('').kind);

  for (const simulator of [simulateScc(), simulateImap(), simulateHmi(), simulateScops()]) {
    known<string>(simulator.baseUrl);
    await (await simulator.listen()).close();
  }
  try {
    await scc.login();
  } catch (error) {
    if (error instanceof MeasurementNotFound) known<string>(error.measurementId);
    else if (isSdcError(error, 'credentials')) known<SdcError>(error);
    // @ts-expect-error: no such code
    else if (isSdcError(error, 'oops')) known<SdcError>(error);
  }
}
