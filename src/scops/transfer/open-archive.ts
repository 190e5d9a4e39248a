import type { HttpRequest } from '../../core/http/request.js';
import type { HttpResponse } from '../../core/http/response.js';
import { sleep } from '../../core/util/time.js';
import type { ScopsOperation } from '../context.js';
import { says, textInPlaceOf } from '../errors.js';
import { isTextAnswer } from '../status/folder.js';

const SECOND_LOOK_MS = 1_000;

/** Opens an archive; a text that comes in place of one is read, and one that says `not finalised` is proved by a second look. */
export async function openArchive(
  op: ScopsOperation,
  call: HttpRequest,
  processingId: string,
  what: string,
): Promise<HttpResponse> {
  for (let look = 1; ; look += 1) {
    const answer = await op.http.open(call);
    if (!isTextAnswer(answer)) return answer;
    const text = await answer.text();
    if (look >= 2 || says(text, 'absent') || !says(text, 'unfinished'))
      throw textInPlaceOf(what, text, processingId, { ...op.init(call), status: answer.status });
    await sleep(SECOND_LOOK_MS, call.signal);
  }
}
