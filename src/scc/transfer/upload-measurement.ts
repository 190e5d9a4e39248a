import { AlreadyExists, UnexpectedResponse } from '../../errors.js';
import { baseName } from '../../core/files/paths.js';
import { statFile } from '../../core/files/stat-file.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { multipartBody, type MultipartPart } from '../../core/transfer/multipart.js';
import type { TransferProgress } from '../../types.js';
import { findMeasurement } from '../calls/find-measurement.js';
import { getAncillary } from '../calls/get-ancillary.js';
import { ANCILLARIES } from '../centre.js';
import type { SccOperation } from '../context.js';
import { removeMeasurement } from '../calls/delete-measurement.js';
import { isUploadForm } from '../pages/measurement-page.js';
import { UPLOAD_ROUTE } from '../routes.js';
import { getExistingPage } from '../site/get-page.js';
import type { AncillaryType, UploadOptions, UploadResult } from '../types.js';
import type { PreparedUpload } from './prepare-upload.js';
import { addressOf, sendUpload } from './send-upload.js';

const UPLOAD_TIMEOUT_MS = 600_000;
const SETTLE_MS = 120_000;

/** Uploads a measurement that was checked already, and proves that the SCC has it. */
export async function uploadMeasurement(
  op: SccOperation,
  prepared: PreparedUpload,
  options: UploadOptions,
  delivery: Delivery,
): Promise<UploadResult> {
  const { measurementId: id } = prepared;
  const { unsettled } = op.context;
  const request = { url: UPLOAD_ROUTE };
  const earlier = unsettled.get(id);
  if ((await findMeasurement(op, id)) !== undefined) {
    if (earlier !== undefined && earlier === (await identityOf(op, prepared))) {
      unsettled.delete(id);
      op.warn(`${id} has since arrived, so it is not sent again`);
      return { measurementId: id, url: addressOf(op, id), ancillaries: [] };
    }
    if (options.force !== true) {
      throw new AlreadyExists(
        `the SCC already has a measurement ${id}; use option force to replace it, or rerunProcessing to process it again`,
        op.init(request),
      );
    }
    await removeMeasurement(op, id, {}, delivery);
  }
  const ancillaries = await chooseAncillaries(op, prepared);
  const form = await getExistingPage(op, request);
  if (!(await isUploadForm(form.text)))
    throw new UnexpectedResponse('the upload page shows no form (input[name=data])', op.init(request));
  let whole = false;
  const onProgress = (progress: TransferProgress): void => {
    whole ||= progress.bytes === progress.totalBytes;
    options.onProgress?.(progress);
  };
  const parts = partsOf(prepared, ancillaries, options);
  const body = await multipartBody(op.arguments, parts, onProgress, { name: baseName(prepared.file) });
  const identity = await identityOf(op, prepared);
  const url = await sendUpload(op, body, delivery, {
    id,
    identity,
    uploadTimeoutMs: options.uploadTimeoutMs ?? UPLOAD_TIMEOUT_MS,
    // What was not sent to its end cannot have been stored.
    settleMs: () => (whole ? (options.settleMs ?? SETTLE_MS) : 0),
  });
  return {
    measurementId: id,
    url,
    ancillaries: ancillaries.map(({ path, type, sent }) => ({ file: path, type, sent })),
  };
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
    if (held) op.warn(`the SCC already has ${baseName(path)}; it is not sent again`);
    chosen.push({ path, type, sent: !held });
  }
  return chosen;
}

function partsOf(
  { file, systemId }: PreparedUpload,
  ancillaries: readonly ChosenAncillary[],
  { delayHours }: UploadOptions,
): MultipartPart[] {
  const type = 'application/x-netcdf';
  return [
    { name: 'system', value: String(systemId) },
    ...(delayHours === undefined ? [] : [{ name: 'delay', value: String(delayHours) }]),
    { name: 'data', file, type },
    ...ancillaries
      .filter(({ sent }) => sent)
      .map(({ path, type: kind }) => ({ name: ANCILLARIES[kind].field, file: path, type })),
  ];
}

/** What tells an upload from another, and from that of the same file after a change. */
async function identityOf(op: SccOperation, { file, systemId }: PreparedUpload): Promise<string> {
  const { bytes, modified } = await statFile(file, 'the file', op.arguments);
  return JSON.stringify([file, bytes, modified.getTime(), systemId]);
}
