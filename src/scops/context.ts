import { parsePage, type HtmlNode } from '../core/html/page.js';
import type { AnswerHead } from '../core/http/call.js';
import { safeExcerpt } from '../core/http/failures.js';
import type { Transport } from '../core/http/transport.js';
import type { Operation, OwnRequest } from '../core/operation/operation.js';
import type { ReadPage } from './pages/read-page.js';

/** What one client remembers of its orders. */
export interface ScopsMemory {
  /** Processing ids that the server has known; a later 500 for one is a passing fault (pitfall 11). */
  readonly known: Set<string>;
  /** Request details by processing id; they do not change. */
  readonly details: Map<string, Readonly<Record<string, string>>>;
  /** When orders were confirmed, by the server's clock. */
  readonly confirmed: Map<string, Date>;
  /** Orders that a new DEM was sent for. */
  readonly reuploaded: Set<string>;
}

/** What all calls of one client share. */
export interface ScopsContext {
  readonly transport: Transport;
  readonly project: string;
  readonly serverTimeZone: string | undefined;
  readonly confirmSpacingMs: number;
  /** The server is on this machine. */
  readonly local: boolean;
  readonly memory: ScopsMemory;
}

/** A public call of this room. */
export type ScopsOperation = Operation<ScopsContext>;

/** The one and only project argument of every request (pitfall 1). */
export function projectQuery({ context }: ScopsOperation): Record<string, string> {
  return { project: context.project };
}

/** A page that was fetched, with what errors about it need. */
export interface FetchedPage extends ReadPage {
  readonly page: HtmlNode;
  readonly answer: AnswerHead;
}

/** Fetches and reads a page. */
export async function fetchPage(op: ScopsOperation, request: OwnRequest, what: string): Promise<FetchedPage> {
  const { text, answer } = await op.text(request);
  return {
    page: await parsePage(text),
    what,
    answer,
    init: { ...op.initAt(answer), bodyExcerpt: safeExcerpt(text, op.redactor) },
  };
}

/** The server's clock at an answer; `undefined` where it does not tell. */
export function serverDate(answer: Pick<AnswerHead, 'headers'>): Date | undefined {
  const header = answer.headers.get('date');
  const ms = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(ms) ? undefined : new Date(ms);
}
