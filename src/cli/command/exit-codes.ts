import { isSdcError, type SdcErrorCode } from '../../errors.js';
import { Cancelled } from '../io/prompt.js';
import { NotYet } from './not-yet.js';

/** Exit codes; the guide and `sdc --help` list them. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  login: 4,
  refused: 5,
  /** EX_TEMPFAIL of sysexits.h: the same command may succeed later. */
  temporary: 75,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

const BY_CODE: Readonly<Partial<Record<SdcErrorCode, number>>> = {
  config: EXIT.usage,
  credentials: EXIT.login,
  forbidden: EXIT.login,
  'session-expired': EXIT.login,
  'not-found': EXIT.notFound,
  'not-available': EXIT.notFound,
  rejected: EXIT.refused,
  exists: EXIT.refused,
  'rate-limited': EXIT.temporary,
  network: EXIT.temporary,
  timeout: EXIT.temporary,
  'wait-timeout': EXIT.temporary,
};

/** The exit code of one failure. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Cancelled) return EXIT.interrupted;
  if (error instanceof NotYet) return EXIT.temporary;
  if (isSdcError(error)) {
    const code = BY_CODE[error.code] ?? (error.retryable ? EXIT.temporary : EXIT.failed);
    // Scripts repeat a command after 75: only where that may help and does no harm.
    const mayRepeat = error.retryable && error.delivered !== 'maybe';
    return code === EXIT.temporary && !mayRepeat ? EXIT.failed : code;
  }
  if (error instanceof TypeError || error instanceof RangeError) return EXIT.usage;
  return EXIT.failed;
}

/** The exit code of several failures: theirs if they agree, else the general one. */
export function commonExitCode(errors: readonly unknown[]): number {
  const codes = new Set(errors.map(exitCodeOf));
  const [only] = codes;
  return codes.size === 1 && only !== undefined ? only : EXIT.failed;
}
