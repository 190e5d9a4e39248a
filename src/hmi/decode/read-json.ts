import { NetworkError, UnexpectedResponse } from '../../errors.js';
import type { ResponseHead } from '../../core/http/response.js';
import { safeExcerpt } from '../../core/http/errors.js';
import { parseJson } from '../../core/util/json.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import type { HmiOperation } from '../context.js';
import { withinLinks } from '../links/resolve-link.js';
import type { HmiRecord } from '../types.js';
import { decodeRecord, Misfit, type DecodeContext } from './record.js';

/** Sends a request and reads its answer as JSON, whatever its content type says: the service labels some JSON as HTML. */
export function readJson(op: HmiOperation, request: OwnRequest): Promise<unknown> {
  const headers = { accept: 'application/json', ...request.headers };
  return op.send(withinLinks(op, { ...request, headers }), async (answer) =>
    parseAnswer(op, answer, await answer.text()),
  );
}

function parseAnswer(op: HmiOperation, answer: ResponseHead, text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    const init = op.initAt(answer);
    if (isCutOff(text))
      throw new NetworkError('the answer broke off in the middle of its JSON; try again, or use shorter slices', init);
    const bodyExcerpt = safeExcerpt(text, op.redactor);
    throw new UnexpectedResponse(
      `expected JSON, but the answer (${answer.contentType ?? 'no content type'}) begins: ${bodyExcerpt.slice(0, 120) || '(empty)'}; is baseUrl the HMI service?`,
      { ...init, bodyExcerpt },
    );
  }
}

/** Without `Content-Length` a broken connection looks like the end of the body: JSON that is never closed was cut. */
function isCutOff(text: string): boolean {
  const trimmed = text.trim();
  return (trimmed.startsWith('[') && !trimmed.endsWith(']')) || (trimmed.startsWith('{') && !trimmed.endsWith('}'));
}

export interface DecodedList {
  /** As the service orders them. */
  readonly records: HmiRecord[];
  /** What could not be read, each with the record that it is about. */
  readonly warnings: string[];
}

/** Reads the rows of a list. One that cannot be read is a warning, and the others are there. */
export function decodeList(rows: readonly unknown[], reading: Pick<DecodeContext, 'series' | 'address'>): DecodedList {
  const records: HmiRecord[] = [];
  const warnings: string[] = [];
  const warn = (message: string): void => {
    warnings.push(message);
  };
  for (const [at, row] of rows.entries()) {
    try {
      records.push(decodeRecord(row, { ...reading, path: `$[${at}]`, warn }));
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      warn(`${error.message}; it is left out`);
    }
  }
  return { records, warnings };
}
