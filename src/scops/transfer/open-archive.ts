import type { Answer, Call } from '../../core/http/call.js';
import { sleep } from '../../core/util/time.js';
import { JobNotFound, ProductNotAvailable, UnexpectedResponse } from '../../errors.js';
import { folderStateOf, isTextAnswer } from '../status/folder.js';
import type { ScopsOperation } from '../context.js';

const SECOND_LOOK_MS = 1_000;

/**
 * Opens an archive and understands the texts that come instead of one with status 200 (protocol notes, section 10).
 */
export async function openArchive(op: ScopsOperation, call: Call, processingId: string, what: string): Promise<Answer> {
  for (let look = 1; ; look += 1) {
    const answer = await op.http.open(call);
    if (!isTextAnswer(answer)) return answer;
    const text = await answer.text();
    const init = { ...op.init(call), status: answer.status };
    switch (folderStateOf(text)) {
      case 'absent':
        throw new JobNotFound(`SCOPS knows no job ${processingId}, or has removed it (after two weeks)`, {
          ...init,
          jobId: processingId,
        });
      case 'unfinished':
        if (look >= 2)
          throw new ProductNotAvailable(
            `SCOPS has made no ${what}; it often never does (a failed line, equations on some lines, plugins): download the products one by one`,
            init,
          );
        await sleep(SECOND_LOOK_MS, call.signal);
        break;
      default:
        throw new UnexpectedResponse(
          `a text came instead of ${what}: ${text
            .replace(/<[^>]*>/gu, ' ')
            .trim()
            .slice(0, 120)}`,
          init,
        );
    }
  }
}
