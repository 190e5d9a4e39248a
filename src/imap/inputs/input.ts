import { parseDay } from '../names/days.js';
import type { AncillaryFilePath } from '../names/ancillary.js';
import type { ScienceFilePath } from '../names/science.js';
import type { SpiceFilePath } from '../names/spice.js';

/** Files that do not go together as one input of a processing job, or a text that holds no inputs. */
export class ProcessingInputError extends TypeError {
  constructor(message: string) {
    super(message);
    this.name = 'ProcessingInputError';
  }
}

/** The kind of an input as it is written in the JSON text. */
export type ProcessingInputType = 'science' | 'ancillary' | 'spice' | 'spin' | 'repoint';

/** A file of an input. */
export type InputFilePath = ScienceFilePath | AncillaryFilePath | SpiceFilePath;

/** Several files of one kind for a processing job. */
export abstract class ProcessingInput<F extends InputFilePath = InputFilePath> {
  /** The kind in the JSON text. */
  abstract readonly type: ProcessingInputType;
  /** The family of files. */
  abstract readonly inputType: 'science' | 'ancillary' | 'spice';
  /** The instrument; for kernels the distinct kinds, in order; `spin` or `repoint`. */
  abstract readonly source: string | readonly string[];
  /** The level, or the kind of the files. */
  abstract readonly dataType: string;
  /** The files' descriptor; for kernels `best` or `historical`. */
  abstract readonly descriptor: string;
  /** The files, in order. */
  readonly files: readonly F[];

  protected constructor(names: readonly string[], read: (name: string) => F) {
    if (names.some((name) => typeof name !== 'string')) throw new ProcessingInputError('All arguments must be strings');
    this.files = names.map(read);
  }

  /** The files' names, in order. */
  get fileNames(): string[] {
    return this.files.map(({ name }) => name);
  }

  /** The form in the JSON text. */
  toJSON(): {
    /** The kind of the input, such as `science`. */
    type: ProcessingInputType;
    /** The files' names, without directories, in order. */
    files: string[];
  } {
    return { type: this.type, files: this.fileNames };
  }

  /** First and last day (midnight, UTC) that the files name; kernels and tables have none. */
  timeRange(): readonly [first: Date, last: Date] | undefined {
    return undefined;
  }

  /** An input of the same kind that holds only some of the files; `undefined` when there are none. */
  abstract only(keep: (file: F) => boolean): ProcessingInput<F> | undefined;
}

/** The first and last of days as dates. */
export function spanOf(starts: readonly string[], ends: readonly string[]): readonly [Date, Date] {
  const first = Math.min(...starts.map((day) => parseDay(day) ?? Number.NaN));
  const last = Math.max(...ends.map((day) => parseDay(day) ?? Number.NaN));
  return [new Date(first), new Date(last)];
}

/** The one value that all files share. */
export function shared<F>(files: readonly F[], of: (file: F) => string): string {
  const values = new Set(files.map(of));
  const [value] = values;
  if (values.size !== 1 || value === undefined) {
    throw new ProcessingInputError('All files must have the same source, data type, and descriptor.');
  }
  return value;
}
