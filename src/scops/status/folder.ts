import type { Answer } from '../../core/http/call.js';
import { safeExcerpt } from '../../core/http/failures.js';
import { UnexpectedResponse } from '../../errors.js';
import { projectQuery, serverDate, type ScopsOperation } from '../context.js';

/** What the project archive's address tells of a processing folder. */
export type FolderState = 'absent' | 'unfinished' | 'archive';

/** A look at a folder, with the server's clock. */
export interface FolderLook {
  readonly state: FolderState;
  readonly date: Date | undefined;
}

/** Whether an answer is a text that stands for a failure; such answers come with status 200 (protocol notes, section 10). */
export function isTextAnswer(answer: Pick<Answer, 'headers' | 'contentType'>): boolean {
  return !answer.headers.has('content-disposition') && /^text\//iu.test(answer.contentType ?? '');
}

/** What a text answer says. */
export function folderStateOf(text: string): FolderState | undefined {
  if (/does not exist/iu.test(text)) return 'absent';
  return /not finali[sz]ed/iu.test(text) ? 'unfinished' : undefined;
}

/**
 * Looks whether a processing folder exists: read-only, without a server error for an unknown id (protocol notes 8.3). The
 * body of an archive is not read.
 */
export async function lookAtFolder(op: ScopsOperation, processingId: string): Promise<FolderLook> {
  const request = { url: `downloads/${processingId}`, query: projectQuery(op) };
  return op.send(request, async (answer) => {
    const date = serverDate(answer);
    if (!isTextAnswer(answer)) {
      await answer.discard();
      return { state: 'archive', date };
    }
    const text = await answer.text();
    const state = folderStateOf(text);
    if (state !== undefined) return { state, date };
    const bodyExcerpt = safeExcerpt(text, op.redactor);
    throw new UnexpectedResponse(`the downloads page says something unknown: ${bodyExcerpt.slice(0, 120)}`, {
      ...op.init(request),
      status: answer.status,
      bodyExcerpt,
    });
  });
}
