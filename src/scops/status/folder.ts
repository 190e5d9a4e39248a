import type { HttpResponse } from '../../core/http/response.js';
import { safeExcerpt } from '../../core/http/errors.js';
import { UnexpectedResponse } from '../../errors.js';
import { serverDate } from '../clock/server-clock.js';
import type { ScopsOperation } from '../context.js';
import { says } from '../errors.js';
import { projectArchive } from '../routes.js';

/** A look at a processing folder, with the server's clock. */
export interface FolderLook {
  readonly state: 'absent' | 'unfinished' | 'archive';
  readonly date: Date | undefined;
}

/** Whether an answer is a text that stands for a failure; such answers come with status 200 (protocol notes, section 10). */
export function isTextAnswer(answer: Pick<HttpResponse, 'headers' | 'contentType'>): boolean {
  return !answer.headers.has('content-disposition') && /^text\//iu.test(answer.contentType ?? '');
}

/**
 * Looks whether a processing folder exists: read-only, without a server error for an unknown id (protocol notes 8.3). The
 * body of an archive is not read.
 */
export async function lookAtFolder(op: ScopsOperation, processingId: string): Promise<FolderLook> {
  const route = projectArchive(op, processingId);
  return op.send(route, async (answer) => {
    const date = serverDate(answer);
    if (!isTextAnswer(answer)) {
      await answer.discard();
      return { state: 'archive', date };
    }
    const text = await answer.text();
    if (says(text, 'absent')) return { state: 'absent', date };
    if (says(text, 'unfinished')) return { state: 'unfinished', date };
    const bodyExcerpt = safeExcerpt(text, op.redactor);
    throw new UnexpectedResponse(`the downloads page says something unknown: ${bodyExcerpt.slice(0, 120)}`, {
      ...op.init(route),
      status: answer.status,
      bodyExcerpt,
    });
  });
}
