import { AlreadyExists, SCCError, UnexpectedResponse } from '../errors.js';
import type { UploadBody } from '../core/http/call.js';
import type { Delivery } from '../core/operation/delivery.js';
import { multipartBody, type MultipartPart } from '../core/transfer/multipart.js';
import { baseName } from '../core/files/paths.js';
import { statFile } from '../core/files/stat-file.js';
import type { TransferProgress } from '../types.js';
import { findMeasurement, getAncillary } from './api.js';
import type { FormCall, SccConnection, SiteCall, SitePage } from './connection.js';
import { PATHS } from './endpoints.js';
import { mayStillAct, settles, unlessEnded } from './lost-answers.js';
import { deleteMeasurement } from './operations.js';
import { isUploadForm, readMeasurementId, readRejection } from './pages/upload-page.js';
import type { PreparedUpload } from './prepare-upload.js';
import type { AncillaryType, UploadOptions, UploadResult } from './types.js';

const UPLOAD_TIMEOUT_MS = 600_000;
const SETTLE_MS = 120_000;

/** Names of the form's file fields; the lidar ratio is spelt differently from its API resource. */
const FIELDS: Readonly<Record<AncillaryType, string>> = {
  sounding: 'sounding_file',
  overlap: 'overlap_file',
  lidarratio: 'lidar_ratio_file',
};

/** Uploads a measurement that was checked already, and proves that the SCC has it. */
export async function upload(
  connection: SccConnection,
  prepared: PreparedUpload,
  options: UploadOptions,
  operation: string,
  delivery: Delivery,
): Promise<UploadResult> {
  const { measurementId: id } = prepared;
  const call: SiteCall = { operation, url: PATHS.upload, ...callOptions(options) };
  const unsettled = connection.unsettled.get(id);
  if ((await findMeasurement(connection, id, operation, callOptions(options))) !== undefined) {
    if (unsettled !== undefined && unsettled === (await identityOf(prepared, operation))) {
      connection.unsettled.delete(id);
      connection.transport.log.warn(`${operation}: ${id} has arrived since, so it is not sent again`);
      return { measurementId: id, url: pageOf(connection, id), ancillaries: [] };
    }
    if (options.force !== true) {
      throw new AlreadyExists(
        `the SCC has a measurement ${id} already; use option force to replace it, or rerunProcessing to run it again`,
        connection.init(call),
      );
    }
    await deleteMeasurement(connection, id, callOptions(options), delivery, operation);
  }
  const ancillaries = await chooseAncillaries(connection, prepared, options, operation);
  await requireForm(connection, call);
  const parts: MultipartPart[] = [
    { name: 'system', value: String(prepared.systemId) },
    ...(options.delayHours === undefined ? [] : [{ name: 'delay', value: String(options.delayHours) }]),
    { name: 'data', file: prepared.file, type: 'application/x-netcdf' },
    ...ancillaries
      .filter(({ sent }) => sent)
      .map(({ path, type }) => ({ name: FIELDS[type], file: path, type: 'application/x-netcdf' })),
  ];
  let whole = false;
  const onProgress = (progress: TransferProgress): void => {
    whole ||= progress.bytes === progress.totalBytes;
    options.onProgress?.(progress);
  };
  const body = await multipartBody(parts, onProgress, { operation, name: baseName(prepared.file) });
  const identity = await identityOf(prepared, operation);
  const url = await send(
    connection,
    { ...call, body, delivery },
    {
      id,
      uploadTimeoutMs: options.uploadTimeoutMs ?? UPLOAD_TIMEOUT_MS,
      // What was not sent to its end cannot have been stored.
      settleMs: () => (whole ? (options.settleMs ?? SETTLE_MS) : 0),
      identity,
    },
  );
  return {
    measurementId: id,
    url,
    ancillaries: ancillaries.map(({ path, type, sent }) => ({ file: path, type, sent })),
  };
}

interface SentForm extends FormCall {
  readonly body: UploadBody;
  readonly delivery: Delivery;
}

/** How long an upload may take, and what tells it from others. */
interface Sending {
  readonly id: string;
  readonly uploadTimeoutMs: number;
  readonly settleMs: () => number;
  readonly identity: string;
}

/** Sends the form once. Where the answer is lost, the API tells whether it arrived: nothing is sent twice. */
async function send(connection: SccConnection, form: SentForm, sending: Sending): Promise<string> {
  const { body: _body, delivery, ...call } = form;
  const { id } = sending;
  let answer: SitePage;
  // Also when it is refused or lost: files of an earlier processing must not pass for those of this one.
  connection.changes.add(id);
  try {
    answer = await connection.post({ ...form, timeoutMs: sending.uploadTimeoutMs });
  } catch (error) {
    if (delivery.delivered === 'no') throw error;
    if (!(await lookedFor(connection, call, sending, mayStillAct(error) ? sending.settleMs() : 0))) throw error;
    connection.transport.log.warn(`${call.operation}: the answer was lost, but the SCC has ${id}`, {
      reason: error instanceof Error ? error.message : 'unknown',
    });
    return pageOf(connection, id);
  }
  return judge(connection, call, answer, sending, delivery);
}

async function judge(
  connection: SccConnection,
  call: SiteCall,
  answer: SitePage,
  sending: Sending,
  delivery: Delivery,
): Promise<string> {
  const { id } = sending;
  const init = { ...connection.init(call), status: answer.status };
  if (answer.status === 200) {
    const messages = (await readRejection(answer.text)).map((message) => connection.clean(message));
    if (messages.length === 0 && !(await isUploadForm(answer.text))) {
      throw new UnexpectedResponse(
        'the upload was answered with a page that is neither the form nor a redirect; check with getMeasurement',
        init,
      );
    }
    delivery.latestNotTaken();
    // Taken between the question and the upload, or known to the form but not to the API.
    const exists = messages.find((message) => message.includes(id) && /already exist/iu.test(message));
    if (exists !== undefined) throw new AlreadyExists(`the SCC refused the file: ${exists}`, { ...init, messages });
    throw new SCCError(
      messages.length === 0
        ? 'the SCC refused the file without giving a reason; try it on the SCC’s own upload page'
        : `the SCC refused the file: ${messages.join(' ')}`,
      { ...init, messages },
    );
  }
  if (answer.location === undefined || answer.status >= 400) throw connection.refusal(call, answer);
  const shown = await shownMeasurement(connection, { ...call, url: answer.location });
  if (shown?.id === id) return shown.url;
  const found =
    shown === undefined
      ? await lookedFor(connection, call, sending, answer.location.pathname.includes(id) ? sending.settleMs() : 0)
      : await arrived(connection, call, id);
  if (found) return pageOf(connection, id);
  throw new UnexpectedResponse(
    shown === undefined
      ? `the SCC took the file, but shows no measurement ${id}; check with getMeasurement before you try again`
      : `the SCC stored the file as ${shown.id}, not as ${id}; give that measurementId, or correct Measurement_ID in the file`,
    init,
  );
}

/** The measurement that the page after an upload shows; the file is there whether or not the page can be had. */
async function shownMeasurement(
  connection: SccConnection,
  call: SiteCall & { readonly url: URL },
): Promise<{ readonly id: string; readonly url: string } | undefined> {
  const { baseUrl, redactor } = connection.transport;
  if (call.url.origin !== baseUrl.origin) return undefined;
  return unlessEnded(connection, call, async () => {
    const page = await connection.page(call);
    const id = page.status === 200 ? await readMeasurementId(page.text) : undefined;
    return id === undefined ? undefined : { id, url: redactor.url(page.url) };
  });
}

/** Whether an upload that was not seen to arrive does so in time. Until then a call with force must not delete what comes. */
async function lookedFor(
  connection: SccConnection,
  call: SiteCall,
  { id, identity }: Sending,
  withinMs: number,
): Promise<boolean> {
  connection.unsettled.set(id, identity);
  const found = await settles(connection, call, withinMs, () => arrived(connection, call, id));
  if (found) connection.unsettled.delete(id);
  return found;
}

async function arrived(connection: SccConnection, call: SiteCall, id: string): Promise<boolean> {
  const look = (): Promise<unknown> => findMeasurement(connection, id, call.operation, callOptions(call));
  return (await unlessEnded(connection, call, look)) !== undefined;
}

/** What tells an upload from another, and from that of the same file after a change. */
async function identityOf({ file, systemId }: PreparedUpload, operation: string): Promise<string> {
  const { bytes, modified } = await statFile(file, 'the file', operation);
  return JSON.stringify([file, bytes, modified.getTime(), systemId]);
}

function pageOf(connection: SccConnection, id: string): string {
  return new URL(PATHS.measurement(id), connection.transport.baseUrl).href;
}

async function requireForm(connection: SccConnection, call: SiteCall): Promise<void> {
  const form = await connection.page(call);
  if (form.status !== 200) throw connection.refusal(call, form);
  if (!(await isUploadForm(form.text)))
    throw new UnexpectedResponse('the upload page shows no form (input[name=data])', connection.init(call));
}

interface ChosenAncillary {
  readonly path: string;
  readonly type: AncillaryType;
  readonly sent: boolean;
}

/** A file that the SCC holds is not sent again; one that is only referred to (`missing`) is. */
async function chooseAncillaries(
  connection: SccConnection,
  prepared: PreparedUpload,
  options: UploadOptions,
  operation: string,
): Promise<ChosenAncillary[]> {
  const chosen: ChosenAncillary[] = [];
  for (const { path, type } of prepared.ancillaries) {
    const known = await getAncillary(connection, baseName(path), type, callOptions(options), operation);
    const held = known?.exists === true;
    if (held)
      connection.transport.log.warn(`${operation}: the SCC holds ${baseName(path)} already, it is not sent again`);
    chosen.push({ path, type, sent: !held });
  }
  return chosen;
}

function callOptions({
  signal,
  timeoutMs,
}: Pick<UploadOptions, 'signal' | 'timeoutMs'>): Pick<UploadOptions, 'signal' | 'timeoutMs'> {
  return { ...(signal !== undefined && { signal }), ...(timeoutMs !== undefined && { timeoutMs }) };
}
