import { AlreadyExists, SCCError, UnexpectedResponse } from '../../errors.js';
import type { UploadBody } from '../../core/http/call.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { multipartBody, type MultipartPart } from '../../core/transfer/multipart.js';
import { baseName } from '../../core/files/paths.js';
import { statFile } from '../../core/files/stat-file.js';
import type { TransferProgress } from '../../types.js';
import { findMeasurement, getAncillary } from '../measurements/read.js';
import type { FormRequest, SccOperation, SitePage, SiteRequest } from '../context.js';
import { PATHS } from '../routes.js';
import { mayStillAct, reasonOf, settles, unlessEnded } from '../site/outcome-unknown.js';
import { deleteMeasurement } from '../calls/rerun-processing.js';
import { isUploadForm, readMeasurementId, readRejection } from '../pages/upload-page.js';
import type { PreparedUpload } from './prepare-upload.js';
import type { AncillaryType, UploadOptions, UploadResult } from '../types.js';

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
  op: SccOperation,
  prepared: PreparedUpload,
  options: UploadOptions,
  delivery: Delivery,
): Promise<UploadResult> {
  const { measurementId: id } = prepared;
  const { unsettled } = op.context;
  const request: SiteRequest = { url: PATHS.upload };
  const earlier = unsettled.get(id);
  if ((await findMeasurement(op, id)) !== undefined) {
    if (earlier !== undefined && earlier === (await identityOf(op, prepared))) {
      unsettled.delete(id);
      op.warn(`${id} has arrived since, so it is not sent again`);
      return { measurementId: id, url: pageOf(op, id), ancillaries: [] };
    }
    if (options.force !== true) {
      throw new AlreadyExists(
        `the SCC has a measurement ${id} already; use option force to replace it, or rerunProcessing to run it again`,
        op.init(request),
      );
    }
    await deleteMeasurement(op, id, {}, delivery);
  }
  const ancillaries = await chooseAncillaries(op, prepared);
  await requireForm(op, request);
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
  const body = await multipartBody(parts, onProgress, { operation: op.name, name: baseName(prepared.file) });
  const identity = await identityOf(op, prepared);
  const url = await send(
    op,
    { ...request, body, delivery },
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

interface SentForm extends FormRequest {
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
async function send(op: SccOperation, form: SentForm, sending: Sending): Promise<string> {
  const { delivery, url } = form;
  const { id } = sending;
  let answer: SitePage;
  // Also when it is refused or lost: files of an earlier processing must not pass for those of this one.
  op.context.changes.add(id);
  try {
    answer = await op.context.post(op, { ...form, timeoutMs: sending.uploadTimeoutMs });
  } catch (error) {
    if (delivery.delivered === 'no') throw error;
    if (!(await lookedFor(op, sending, mayStillAct(error) ? sending.settleMs() : 0))) throw error;
    op.warn(`the answer was lost, but the SCC has ${id}`, reasonOf(error));
    return pageOf(op, id);
  }
  return judge(op, { url }, answer, sending, delivery);
}

async function judge(
  op: SccOperation,
  request: SiteRequest,
  answer: SitePage,
  sending: Sending,
  delivery: Delivery,
): Promise<string> {
  const { id } = sending;
  const init = { ...op.init(request), status: answer.status };
  if (answer.status === 200) {
    const messages = (await readRejection(answer.text)).map((message) => op.context.clean(message));
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
  if (answer.location === undefined || answer.status >= 400) throw op.context.refusal(op, request, answer);
  const shown = await shownMeasurement(op, answer.location);
  if (shown?.id === id) return shown.url;
  const found =
    shown === undefined
      ? await lookedFor(op, sending, answer.location.pathname.includes(id) ? sending.settleMs() : 0)
      : await arrived(op, id);
  if (found) return pageOf(op, id);
  throw new UnexpectedResponse(
    shown === undefined
      ? `the SCC took the file, but shows no measurement ${id}; check with getMeasurement before you try again`
      : `the SCC stored the file as ${shown.id}, not as ${id}; give that measurementId, or correct Measurement_ID in the file`,
    init,
  );
}

/** The measurement that the page after an upload shows; the file is there whether or not the page can be had. */
async function shownMeasurement(
  op: SccOperation,
  url: URL,
): Promise<{ readonly id: string; readonly url: string } | undefined> {
  if (url.origin !== op.http.baseUrl.origin) return undefined;
  return unlessEnded(op, async () => {
    const page = await op.context.page(op, { url });
    const id = page.status === 200 ? await readMeasurementId(page.text) : undefined;
    return id === undefined ? undefined : { id, url: op.redactor.url(page.url) };
  });
}

/** Whether an upload that was not seen to arrive does so in time. Until then a call with force must not delete what comes. */
async function lookedFor(op: SccOperation, { id, identity }: Sending, withinMs: number): Promise<boolean> {
  const { unsettled } = op.context;
  unsettled.set(id, identity);
  const found = await settles(op, withinMs, () => arrived(op, id));
  if (found) unsettled.delete(id);
  return found;
}

async function arrived(op: SccOperation, id: string): Promise<boolean> {
  return (await unlessEnded(op, () => findMeasurement(op, id))) !== undefined;
}

/** What tells an upload from another, and from that of the same file after a change. */
async function identityOf(op: SccOperation, { file, systemId }: PreparedUpload): Promise<string> {
  const { bytes, modified } = await statFile(file, 'the file', op.arguments);
  return JSON.stringify([file, bytes, modified.getTime(), systemId]);
}

function pageOf(op: SccOperation, id: string): string {
  return new URL(PATHS.measurement(id), op.http.baseUrl).href;
}

async function requireForm(op: SccOperation, request: SiteRequest): Promise<void> {
  const form = await op.context.page(op, request);
  if (form.status !== 200) throw op.context.refusal(op, request, form);
  if (!(await isUploadForm(form.text)))
    throw new UnexpectedResponse('the upload page shows no form (input[name=data])', op.init(request));
}

interface ChosenAncillary {
  readonly path: string;
  readonly type: AncillaryType;
  readonly sent: boolean;
}

/** A file that the SCC holds is not sent again; one that is only referred to (`missing`) is. */
async function chooseAncillaries(op: SccOperation, prepared: PreparedUpload): Promise<ChosenAncillary[]> {
  const chosen: ChosenAncillary[] = [];
  for (const { path, type } of prepared.ancillaries) {
    const known = await getAncillary(op, baseName(path), type);
    const held = known?.exists === true;
    if (held) op.warn(`the SCC holds ${baseName(path)} already, it is not sent again`);
    chosen.push({ path, type, sent: !held });
  }
  return chosen;
}
