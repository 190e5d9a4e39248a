import type { FaultRule } from '../../../src/testing/kit/types.js';

/** One fault of the plan. */
export interface Row {
  readonly name: string;
  /** The fault; `stranger` is the origin of another host. */
  readonly fault: (stranger: string) => FaultRule['fault'];
  /**
   * What it is: `harmless`: the call works all the same; `broken`: the body of an answer ends badly; `passing`: asking
   * again may help; `final`: the answer is an answer, but a wrong one; `other`: the centre has other content now.
   */
  readonly nature: 'harmless' | 'broken' | 'passing' | 'final' | 'other';
  /** Codes that the error may have where bytes or answers are asked for. */
  readonly codes: readonly string[];
  /**
   * Which request it is about: for the rest of a part that was left, for the whole although a part was left, or for a whole
   * file; default: any.
   */
  readonly of?: 'rest' | 'left' | 'whole' | 'text';
  /** What was received may prove to be whole, also when the fault is there for good. */
  readonly mayWork?: boolean;
  /** The client gives up soon. */
  readonly silent?: boolean;
  /** One of those that stand for all where the same request is struck by all in another call. */
  readonly core?: boolean;
  /** It strikes only where ranges or validators are known. */
  readonly needsRanges?: boolean;
  /** Nothing tells the digest. */
  readonly blind?: boolean;
  /**
   * What lies beside the target: `twin`: a part that is the older target under a second name; `dead-lock`: the lock of a
   * holder that is gone, on a part that it left.
   */
  readonly beside?: 'twin' | 'dead-lock';
  /** Nothing is to be continued. */
  readonly resume?: false;
}

const day = 86_400_000;
const later = (ms: number): string => new Date(Date.now() + ms).toUTCString();
const cut = ['transfer', 'network'];
const wrong = ['transfer', 'unexpected-response', 'not-available'];

/** Every fault that a server or the way to it can show. */
export const ROWS: readonly Row[] = [
  { name: 'cut before a byte', fault: () => ({ kind: 'drop', afterBytes: 0 }), nature: 'broken', codes: cut },
  {
    name: 'cut in the body',
    fault: () => ({ kind: 'drop', afterBytes: 700 }),
    nature: 'broken',
    codes: cut,
    core: true,
  },
  {
    name: 'silence before the headers',
    fault: () => ({ kind: 'stall' }),
    nature: 'passing',
    codes: ['timeout'],
    silent: true,
    core: true,
  },
  {
    name: 'silence in the body',
    fault: () => ({ kind: 'stall', afterBytes: 700 }),
    nature: 'broken',
    codes: ['timeout'],
    silent: true,
  },
  { name: 'reset before the request is read', fault: () => ({ kind: 'reset' }), nature: 'passing', codes: ['network'] },
  {
    name: 'reset in the body',
    fault: () => ({ kind: 'reset', afterBytes: 700 }),
    nature: 'broken',
    codes: cut,
    core: true,
  },
  {
    // The rest that is missing is asked for, and the 416 says that there is none.
    name: 'Content-Length too large',
    fault: () => ({ kind: 'length', delta: 7 }),
    nature: 'broken',
    mayWork: true,
    codes: cut,
  },
  {
    name: 'Content-Length too small',
    fault: () => ({ kind: 'length', delta: -7 }),
    nature: 'broken',
    codes: [...cut, 'unexpected-response'],
    core: true,
  },
  { name: 'gzip that nobody asked for', fault: () => ({ kind: 'gzip' }), nature: 'harmless', codes: [] },
  { name: 'slow bytes', fault: () => ({ kind: 'slow', bytesPerSecond: 2_000_000 }), nature: 'harmless', codes: [] },
  { name: 'late headers', fault: () => ({ kind: 'delay', ms: 50 }), nature: 'harmless', codes: [] },
  ...(
    [
      ['429 with seconds', 429, () => 1],
      ['429 with a date', 429, () => later(1500)],
      ['429 without a word', 429, () => undefined],
      ['503 with seconds', 503, () => 1],
      ['503 with a date', 503, () => later(1500)],
      ['500', 500, () => undefined],
    ] as const
  ).map(([name, status, wait]): Row => {
    const retryAfter = wait();
    return {
      name,
      fault: () => ({ kind: 'status', status, ...(retryAfter !== undefined && { retryAfter: wait() ?? '' }) }),
      nature: 'passing',
      codes: [status === 429 ? 'rate-limited' : 'server'],
      core: status === 500,
    };
  }),
  { name: '502 with a page', fault: () => ({ kind: 'html', status: 502 }), nature: 'passing', codes: ['server'] },
  {
    name: '429 for days',
    fault: () => ({ kind: 'status', status: 429, retryAfter: (3 * day) / 1000 }),
    nature: 'final',
    codes: ['rate-limited'],
    core: true,
  },
  {
    name: '503 until a date in days',
    fault: () => ({ kind: 'status', status: 503, retryAfter: later(2 * day) }),
    nature: 'final',
    codes: ['rate-limited'],
  },
  {
    name: 'redirect loop',
    fault: () => ({ kind: 'redirect-loop' }),
    nature: 'passing',
    codes: ['unexpected-response'],
  },
  ...([302, 307] as const).map((status): Row => ({
    name: `redirect to another host, ${status}`,
    fault: (stranger) => ({ kind: 'redirect', location: `${stranger}/x`, status }),
    nature: 'final',
    codes: ['unexpected-response', 'not-found', 'not-available'],
    core: status === 302,
  })),
  {
    name: 'redirect to nowhere',
    fault: () => ({ kind: 'redirect', location: 'http://[' }),
    nature: 'final',
    codes: ['unexpected-response'],
  },
  { name: 'a page with status 200', fault: () => ({ kind: 'html' }), nature: 'final', codes: wrong, core: true },
  { name: 'nothing with status 200', fault: () => ({ kind: 'status', status: 200 }), nature: 'final', codes: wrong },
  { name: '403', fault: () => ({ kind: 'status', status: 403 }), nature: 'final', codes: ['forbidden'], core: true },
  {
    name: '404',
    fault: () => ({ kind: 'status', status: 404 }),
    nature: 'final',
    codes: ['not-found', 'not-available'],
  },
  {
    name: '206 of a part of a text',
    fault: () => ({ kind: 'range', mode: 'unsolicited-part' }),
    of: 'text',
    nature: 'final',
    codes: ['unexpected-response'],
    core: true,
  },
  {
    name: 'range: ignored',
    fault: () => ({ kind: 'range', mode: 'ignore' }),
    of: 'rest',
    nature: 'harmless',
    codes: [],
  },
  {
    name: 'range: 206 at another offset',
    fault: () => ({ kind: 'range', mode: 'wrong-start' }),
    of: 'rest',
    nature: 'passing',
    codes: ['unexpected-response'],
    core: true,
  },
  {
    name: 'range: 206 of a part that nobody asked for',
    fault: () => ({ kind: 'range', mode: 'unsolicited-part' }),
    of: 'rest',
    nature: 'passing',
    codes: ['unexpected-response'],
  },
  {
    name: 'range: 206 of the whole',
    fault: () => ({ kind: 'range', mode: 'unsolicited-whole' }),
    of: 'rest',
    nature: 'harmless',
    codes: [],
  },
  {
    name: 'range: the file has changed',
    fault: () => ({ kind: 'range', mode: 'changed' }),
    of: 'rest',
    nature: 'other',
    codes: ['transfer'],
    core: true,
  },
  {
    name: 'range: 416',
    fault: () => ({ kind: 'range', mode: '416' }),
    of: 'rest',
    nature: 'passing',
    codes: ['server'],
  },
  {
    name: 'range: no validator',
    fault: () => ({ kind: 'range', mode: 'no-validator' }),
    of: 'rest',
    nature: 'harmless',
    codes: [],
  },
  {
    name: 'range: weak validator',
    fault: () => ({ kind: 'range', mode: 'weak-validator' }),
    of: 'rest',
    nature: 'harmless',
    codes: [],
  },
  {
    name: 'range: cut in the rest',
    fault: () => ({ kind: 'drop', afterBytes: 700 }),
    of: 'rest',
    nature: 'broken',
    codes: ['transfer'],
    core: true,
  },
  {
    name: 'range: a page instead of the rest',
    fault: () => ({ kind: 'html' }),
    of: 'rest',
    nature: 'final',
    codes: wrong,
  },
  {
    name: 'range: 500 instead of the rest',
    fault: () => ({ kind: 'status', status: 500 }),
    of: 'rest',
    nature: 'passing',
    codes: ['server'],
  },
  { name: 'range: gzip of the rest', fault: () => ({ kind: 'gzip' }), of: 'rest', nature: 'harmless', codes: [] },
  {
    name: 'no range: ignored',
    fault: () => ({ kind: 'range', mode: 'ignore' }),
    of: 'whole',
    needsRanges: true,
    nature: 'harmless',
    codes: [],
  },
  {
    name: 'no range: 206 from another offset',
    fault: () => ({ kind: 'range', mode: 'wrong-start' }),
    of: 'whole',
    needsRanges: true,
    nature: 'final',
    codes: ['unexpected-response'],
  },
  {
    name: 'no range: 206 of a part',
    fault: () => ({ kind: 'range', mode: 'unsolicited-part' }),
    of: 'whole',
    nature: 'final',
    codes: ['unexpected-response'],
    core: true,
  },
  {
    name: 'no range: 206 of the whole',
    fault: () => ({ kind: 'range', mode: 'unsolicited-whole' }),
    of: 'whole',
    nature: 'harmless',
    codes: [],
  },
  {
    name: 'no range: other content than a moment ago',
    fault: () => ({ kind: 'range', mode: 'changed' }),
    of: 'whole',
    nature: 'other',
    codes: ['transfer'],
  },
  {
    name: 'no range: 416',
    fault: () => ({ kind: 'range', mode: '416' }),
    of: 'whole',
    nature: 'final',
    codes: ['server'],
  },
  {
    name: 'no range: no validator',
    fault: () => ({ kind: 'range', mode: 'no-validator' }),
    of: 'whole',
    needsRanges: true,
    nature: 'harmless',
    codes: [],
    blind: true,
  },
  {
    name: 'no range: weak validator',
    fault: () => ({ kind: 'range', mode: 'weak-validator' }),
    of: 'whole',
    needsRanges: true,
    nature: 'harmless',
    codes: [],
    blind: true,
  },
  {
    name: 'no range: no length',
    fault: () => ({ kind: 'no-length' }),
    of: 'whole',
    nature: 'harmless',
    codes: [],
  },
  {
    name: 'no range: no length, cut',
    fault: () => ({ kind: 'no-length', afterBytes: 700 }),
    of: 'whole',
    nature: 'broken',
    codes: ['transfer'],
    core: true,
  },
  {
    name: 'range: no length, cut in the rest',
    fault: () => ({ kind: 'no-length', afterBytes: 700 }),
    of: 'rest',
    nature: 'broken',
    codes: ['transfer'],
  },
  {
    name: 'range: another validator',
    fault: () => ({ kind: 'range', mode: 'other-validator' }),
    of: 'rest',
    nature: 'harmless',
    codes: [],
    core: true,
  },
  {
    name: 'part twin: cut in the body',
    fault: () => ({ kind: 'drop', afterBytes: 700 }),
    of: 'left',
    beside: 'twin',
    nature: 'broken',
    codes: ['transfer'],
    core: true,
  },
  {
    name: 'part twin: other content than a moment ago',
    fault: () => ({ kind: 'range', mode: 'changed' }),
    of: 'left',
    beside: 'twin',
    nature: 'other',
    codes: ['transfer'],
  },
  {
    name: 'take-over: cut in the rest',
    fault: () => ({ kind: 'drop', afterBytes: 700 }),
    of: 'rest',
    beside: 'dead-lock',
    nature: 'broken',
    codes: ['transfer'],
    core: true,
  },
  {
    name: 'take-over: another validator',
    fault: () => ({ kind: 'range', mode: 'other-validator' }),
    of: 'rest',
    beside: 'dead-lock',
    nature: 'harmless',
    codes: [],
  },
  {
    name: 'no resume: cut in the body',
    fault: () => ({ kind: 'drop', afterBytes: 700 }),
    of: 'left',
    resume: false,
    nature: 'broken',
    codes: ['transfer'],
    core: true,
  },
];
