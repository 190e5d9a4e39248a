import { crash, json } from './answers.js';
import type { ApiCall } from './call.js';

/** `POST /reprocess` (section 7): the parameters become a message on a queue, nothing is checked. */
export function reprocess({ parameters, archive }: ApiCall): Response {
  if (parameters === undefined) return crash();
  archive.reprocessQueue.push(Object.fromEntries(parameters));
  return json({ message: 'Reprocess job queued' });
}
