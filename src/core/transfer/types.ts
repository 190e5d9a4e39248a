import type { SdcErrorInit } from '../../errors.js';
import type { EndJudge } from './body/ends/end-judge.js';
import type { HttpRequest } from '../http/request.js';
import type { HttpResponse, ResponseHead } from '../http/response.js';
import type { OwnRequest } from '../operation/operation.js';

/** What a file must look like to be taken for the one that was asked for. */
export interface ContentCheck {
  /** What is expected, in words: `a zip archive`. */
  readonly expected: string;
  /** Judges the first bytes (at most 512, fewer only when the body is shorter); a complaint, or `undefined` when they fit. */
  head(first: Uint8Array, head: ResponseHead): string | undefined;
  /** Judges the whole file before it gets its name. */
  whole?(path: string, bytes: number, signal?: AbortSignal): Promise<string | undefined>;
  /** Loads what `whole` needs, before the first request: afterwards nothing but the file may be at fault. */
  readonly load?: (init: SdcErrorInit) => Promise<unknown>;
  /** What the format says of its own end, for a body whose response does not tell its length; default: by what the file is. */
  readonly end?: EndJudge | undefined;
  /** `whole` does not only complain: what it takes has its end, too. Asked where `end` cannot tell. */
  readonly provesEnd?: boolean;
}

/** What the centre says about a file beforehand. */
export interface ExpectedFile {
  readonly bytes?: number;
  /** Hexadecimal, any case. */
  readonly md5?: string;
  /** Hexadecimal, any case. */
  readonly sha256?: string | undefined;
}

/** Size and digest of a file that took the place of what was received. */
export interface Replaced {
  readonly bytes: number;
  readonly sha256: string;
}

/** A file that has the target's name already. */
export interface ExistingFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** One file to be fetched. */
export interface TransferRequest<S> {
  /** What was asked for; handed back with the file. */
  readonly source: S;
  readonly call: OwnRequest;
  readonly directory: string;
  /** Local name, made safe by the engine; a function when only the answer tells it. */
  readonly name: string | ((head: ResponseHead) => string);
  /** Take a `name` that the user chose as it is, as long as it is one name. */
  readonly exactName?: boolean;
  readonly check?: ContentCheck;
  readonly expected?: ExpectedFile | ((head: ResponseHead) => ExpectedFile);
  /**
   * Whether an existing target is known to be what the centre has now; asked with `overwrite: 'update'` only: before any request, and
   * again with the head of the answer before its body is read. Length and digests, where `expected` gives them, are compared anyway.
   */
  readonly isCurrent?: (existing: ExistingFile, head?: ResponseHead) => boolean | Promise<boolean>;
  /** Asked with `overwrite: 'skip'` about a target that is there: whether it is to be replaced all the same. */
  readonly beforeSkip?: (path: string, signal: AbortSignal) => Promise<'keep' | 'replace'>;
  /** What to do about a body that fails its check; `again`: it is fetched once more. Default: `fail`. */
  readonly onMismatch?: 'again' | 'fail';
  /** Default: it is sent as it is. */
  readonly open?: (call: HttpRequest) => Promise<HttpResponse>;
  /** Loads what `refine` and `after` need, before the first request. */
  readonly load?: (init: SdcErrorInit) => Promise<unknown>;
  /** Makes what was received and checked into the file that was asked for, before it gets its name. */
  readonly transform?: (part: string, signal: AbortSignal) => Promise<Replaced | undefined>;
  /** Called with a file that was fetched and has its name, as long as no other download can touch it. */
  readonly onFetched?: (file: Replaced) => Promise<void>;
  /** What to do with the finished file, such as unpacking it. */
  readonly onPlaced?: (path: string, signal: AbortSignal) => Promise<{ readonly extracted: string[] }>;
}
