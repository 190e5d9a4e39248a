import type { UploadOptions, UploadResult } from '../../scc/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import type { OptionSpec } from '../command/option-spec.js';
import { sizeOf } from '../command/transfer.js';

const SECONDS = { min: 0.001, max: 86_400 } as const;

/** How long commands that upload wait for the SCC. */
export const SCC_UPLOAD_LIMITS: readonly OptionSpec[] = [
  {
    flags: '--upload-timeout <seconds>',
    text: 'longest wait for the answer to the upload itself; default 600',
    number: SECONDS,
  },
  {
    flags: '--settle <seconds>',
    text: 'how long to look for the measurement if that answer is lost; default 120',
    number: { min: 0, max: 86_400 },
  },
];

/** What the user said about uploads, in the units of the client. */
export function uploadOptions({
  input,
  signal,
}: Context): Pick<UploadOptions, 'signal' | 'force' | 'uploadTimeoutMs' | 'settleMs'> {
  const [timeout, settle] = [input.number('uploadTimeout'), input.number('settle')];
  return {
    signal,
    force: input.flag('forceUpload'),
    ...defined({
      uploadTimeoutMs: timeout === undefined ? undefined : timeout * 1000,
      settleMs: settle === undefined ? undefined : settle * 1000,
    }),
  };
}

/** Says which files were sent along with a measurement, and counts them. */
export async function tellAncillaries(
  context: Context,
  { ancillaries }: Pick<UploadResult, 'ancillaries'>,
): Promise<void> {
  for (const { file, sent } of ancillaries) {
    if (sent) context.closing.uploaded(await sizeOf(file));
    else context.closing.existed();
    context.note(`${file}: ${sent ? 'sent' : 'the SCC already had it'}`);
  }
}
