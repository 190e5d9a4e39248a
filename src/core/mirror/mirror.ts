import type { Mirror, MirroredFile, MirrorOptions, MirrorSummary } from '../../types.js';
import type { Operation } from '../operation/operation.js';
import { checkOptions } from '../transfer/download.js';
import { toDate } from '../util/dates.js';
import { collect } from '../util/results.js';
import { monotonic } from '../util/time.js';
import { checkGlobs } from './globs.js';
import type { MirrorPlan } from './plan.js';
import { runMirror } from './run.js';

/**
 * Makes a run of a mirror, which begins when it is asked for its first element or its summary.
 *
 * @throws `TypeError` or `RangeError` for invalid options, at the call.
 */
export function createMirror(op: Operation, plan: MirrorPlan, options: MirrorOptions): Mirror {
  checkMirrorOptions(op, options);
  const counts = { new: 0, changed: 0, unchanged: 0, removed: 0, failed: 0, bytes: 0 };
  const run = new MirrorRun(() => op.loop(runMirror(op, plan, options, counts)));
  const summary = async (): Promise<MirrorSummary> => {
    const seconds = await run.finish();
    return { ...counts, seconds };
  };
  const toArray = (): Promise<MirroredFile[]> => collect(run.files);
  return { [Symbol.asyncIterator]: () => run.files[Symbol.asyncIterator](), summary, toArray };
}

function checkMirrorOptions(op: Operation, options: MirrorOptions): void {
  const args = op.arguments;
  checkOptions(options, args);
  checkGlobs(args, 'include', options.include);
  checkGlobs(args, 'exclude', options.exclude);
  const { since, overwrite } = options;
  if (since !== undefined && since !== 'last-run') toDate(since, args.label('since'));
  if (overwrite === 'unique') throw args.invalid("overwrite cannot be 'unique': a mirror has one file of each name");
}

/** The one run of a mirror, however often it is asked for. */
class MirrorRun {
  readonly files: AsyncGenerator<MirroredFile, void, undefined>;
  #began = false;
  readonly #ended: Promise<number>;

  constructor(begin: () => AsyncGenerator<MirroredFile, void, undefined>) {
    let end: (seconds: number) => void = () => undefined;
    let fail: (error: unknown) => void = () => undefined;
    this.#ended = new Promise((resolve, reject) => {
      [end, fail] = [resolve, reject];
    });
    // It is reported by the loop, too.
    this.#ended.catch(() => undefined);
    this.files = this.#watched(begin, end, fail);
  }

  /** How many seconds it took, when it has ended. */
  async finish(): Promise<number> {
    if (!this.#began) while ((await this.files.next()).done !== true);
    // A loop that was left before it began has ended it.
    return this.#began ? this.#ended : 0;
  }

  async *#watched(
    begin: () => AsyncGenerator<MirroredFile, void, undefined>,
    end: (seconds: number) => void,
    fail: (error: unknown) => void,
  ): AsyncGenerator<MirroredFile, void, undefined> {
    this.#began = true;
    const sinceMs = monotonic();
    try {
      yield* begin();
    } catch (error) {
      fail(error);
      throw error;
    } finally {
      end((monotonic() - sinceMs) / 1000);
    }
  }
}
