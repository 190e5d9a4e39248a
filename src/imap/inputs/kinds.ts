import type { DateLike } from '../../types.js';
import { AncillaryFilePath, selectAncillary } from '../names/ancillary.js';
import { ScienceFilePath } from '../names/science.js';
import { SpiceFilePath } from '../names/spice.js';
import { ProcessingInput, ProcessingInputError, shared, spanOf } from './input.js';
import { InvalidImapFileName } from '../names/invalid.js';

/** Science files of one instrument, level and descriptor. */
export class ScienceInput extends ProcessingInput<ScienceFilePath> {
  override readonly type = 'science';
  override readonly inputType = 'science';
  override readonly source: string;
  override readonly dataType: string;
  override readonly descriptor: string;

  /**
   * @param names - File names.
   * @throws `ProcessingInputError` when they differ in instrument, level or descriptor, or there is none; `InvalidImapFileName`.
   */
  constructor(...names: string[]) {
    super(names, (name) => new ScienceFilePath(name));
    this.source = shared(this.files, ({ instrument }) => instrument);
    this.dataType = shared(this.files, ({ dataLevel }) => dataLevel);
    this.descriptor = shared(this.files, ({ descriptor }) => descriptor);
  }

  /** First and last start date. */
  override timeRange(): readonly [Date, Date] {
    const starts = this.files.map(({ startDate }) => startDate);
    return spanOf(starts, starts);
  }

  override only(keep: (file: ScienceFilePath) => boolean): ScienceInput | undefined {
    const kept = this.files.filter(keep);
    return kept.length === 0 ? undefined : new ScienceInput(...kept.map(({ name }) => name));
  }
}

/** Ancillary files of one instrument and descriptor. */
export class AncillaryInput extends ProcessingInput<AncillaryFilePath> {
  override readonly type = 'ancillary';
  override readonly inputType = 'ancillary';
  override readonly source: string;
  override readonly dataType = 'ancillary';
  override readonly descriptor: string;

  /**
   * @param names - File names.
   * @throws `ProcessingInputError` when they differ in instrument or descriptor, or there is none; `InvalidImapFileName`.
   */
  constructor(...names: string[]) {
    super(names, (name) => new AncillaryFilePath(name));
    this.source = shared(this.files, ({ instrument }) => instrument);
    this.descriptor = shared(this.files, ({ descriptor }) => descriptor);
  }

  /** First start to last end; an open-ended file counts as one day. */
  override timeRange(): readonly [Date, Date] {
    const starts = this.files.map(({ startDate }) => startDate);
    return spanOf(
      starts,
      this.files.map(({ startDate, endDate }) => endDate ?? startDate),
    );
  }

  /** The file that applies to a moment; see `selectAncillary`. */
  fileForTime(date: DateLike): AncillaryFilePath | undefined {
    return selectAncillary(this.files, date);
  }

  override only(keep: (file: AncillaryFilePath) => boolean): AncillaryInput | undefined {
    const kept = this.files.filter(keep);
    return kept.length === 0 ? undefined : new AncillaryInput(...kept.map(({ name }) => name));
  }
}

/** Kernels or tables. */
export abstract class KernelInput extends ProcessingInput<SpiceFilePath> {
  override readonly inputType = 'spice';

  protected constructor(names: readonly string[]) {
    super(names, (name) => new SpiceFilePath(name));
    if (this.files.length === 0) throw new ProcessingInputError('At least one file must be provided.');
  }
}

/** Kernels. */
export class SpiceInput extends KernelInput {
  override readonly type = 'spice';
  override readonly source: readonly string[];
  override readonly dataType = 'spice';
  override readonly descriptor: 'best' | 'historical';

  /**
   * @param names - File names.
   * @throws `ProcessingInputError` for spin and repoint files, or none at all; `InvalidImapFileName`.
   */
  constructor(...names: string[]) {
    super(names);
    this.source = [...new Set(this.files.map(({ type }) => type))];
    if (this.source.includes('spin') || this.source.includes('repoint')) {
      throw new ProcessingInputError(
        'SPICEInput can only contain ephemeris or attitude files. Use SpinInput or RepointInput instead.',
      );
    }
    this.descriptor = this.source.some(isPrediction) ? 'best' : 'historical';
  }

  override only(keep: (file: SpiceFilePath) => boolean): SpiceInput | undefined {
    const kept = this.files.filter(keep);
    return kept.length === 0 ? undefined : new SpiceInput(...kept.map(({ name }) => name));
  }
}

/** Spin tables. */
export class SpinInput extends KernelInput {
  override readonly type = 'spin';
  override readonly source = 'spin';
  override readonly dataType = 'spin';
  override readonly descriptor = 'historical';

  /**
   * @param names - File names.
   * @throws `ProcessingInputError` for other kinds, or none at all; `InvalidImapFileName`.
   */
  constructor(...names: string[]) {
    super(names);
    if (this.files.some(({ type }) => type !== 'spin')) {
      throw new ProcessingInputError('SpinInput can only contain spin files.');
    }
  }

  override only(keep: (file: SpiceFilePath) => boolean): SpinInput | undefined {
    const kept = this.files.filter(keep);
    return kept.length === 0 ? undefined : new SpinInput(...kept.map(({ name }) => name));
  }
}

/** One repoint table. As in the Python package its kind is checked in strict mode only. */
export class RepointInput extends KernelInput {
  override readonly type = 'repoint';
  override readonly source = 'repoint';
  override readonly dataType = 'repoint';
  override readonly descriptor = 'historical';

  /**
   * @param names - Exactly one file name.
   * @throws `ProcessingInputError` for more or none; `InvalidImapFileName`.
   */
  constructor(...names: string[]) {
    if (names.length !== 1) throw new ProcessingInputError('RepointInput can only contain one repoint file.');
    super(names);
  }

  override only(keep: (file: SpiceFilePath) => boolean): RepointInput | undefined {
    return this.files.every(keep) ? this : undefined;
  }
}

function isPrediction(type: string): boolean {
  return (type.includes('ephemeris') && type !== 'ephemeris_reconstructed') || type === 'attitude_predict';
}

const KINDS: readonly ((name: string) => ProcessingInput)[] = [
  (name) => new ScienceInput(name),
  (name) => new AncillaryInput(name),
  (name) => new SpiceInput(name),
  (name) => new SpinInput(name),
  (name) => new RepointInput(name),
];

/**
 * Makes the input that a file name belongs to: science, ancillary, SPICE, spin or repoint, in this order.
 *
 * @throws `ProcessingInputError` (a `TypeError`) for quicklook, dependency and release files and all other names.
 */
export function generateImapInput(name: string): ProcessingInput {
  for (const make of KINDS) {
    try {
      return make(name);
    } catch (error) {
      if (!(error instanceof ProcessingInputError) && !(error instanceof InvalidImapFileName)) throw error;
    }
  }
  throw new ProcessingInputError(`Invalid input type for ${name}. It does not match any file formats.`);
}
