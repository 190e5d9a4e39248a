import type { DateLike, DownloadedFile, DownloadOptions, Downloads } from '../../types.js';
import { Arguments } from '../../core/operation/arguments.js';
import type { AncillaryFilePath } from '../names/ancillary.js';
import { toMoment } from '../names/days.js';
import { ProcessingInputError, type ProcessingInput } from './input.js';
import { AncillaryInput, RepointInput, ScienceInput } from './kinds.js';
import { formatDependency, formatInputs, parseInputs, type ProductVersions } from './serialize.js';

/** Which inputs of a collection are meant; all that is given must fit. */
export interface ProcessingInputFilter {
  /** The family of files; spin and repoint tables count as `spice`. Left out: all families. */
  readonly inputType?: 'science' | 'ancillary' | 'spice';
  /** An instrument, `spin` or `repoint`; for kernels the list of kinds, in order. */
  readonly source?: string | readonly string[];
  /** A part of the input's descriptor: `sensor-pset` finds `45sensor-pset`. */
  readonly descriptor?: string;
  /** For science the level, such as `l1a`; else `ancillary`, `spice`, `spin` or `repoint`. Left out: all. */
  readonly dataType?: string;
}

/** What can fetch files: an `ImapClient`. */
export interface FileFetcher {
  /** Fetches files by name, several at a time; each comes out of the loop as soon as it is there. */
  downloadAll(files: Iterable<string>, options?: DownloadOptions): Downloads<DownloadedFile<string>>;
}

/**
 * The inputs of a processing job, in order. The JSON text is the one that the archive's jobs exchange, byte for byte.
 *
 * @example
 * ```ts
 * import { ProcessingInputCollection, generateImapInput } from '@lab/sdc/imap';
 *
 * const inputs = new ProcessingInputCollection(generateImapInput('imap_mag_l1a_norm-magi_20240312_v000.0001.cdf'));
 * const text = inputs.serialize();
 * console.log(ProcessingInputCollection.deserialize(text).getFilePaths());
 * ```
 */
export class ProcessingInputCollection {
  /** The inputs in the order in which they were added, which is the order of the JSON text. */
  readonly inputs: ProcessingInput[] = [];
  /** The versions of the products that the job makes, by descriptor; `undefined` where the text that was read has none. */
  versions: ProductVersions | undefined;

  constructor(...inputs: ProcessingInput[]) {
    this.add(inputs);
  }

  /**
   * Reads a collection from its JSON text, a list of inputs or the object of 2026 that holds it.
   *
   * @param options - `strict`: refuse unknown types and repoint inputs of another kind, which the Python package lets pass.
   * @throws `ProcessingInputError` (a `TypeError`) for another shape; `InvalidImapFileName`.
   */
  static deserialize(text: string, options: { readonly strict?: boolean } = {}): ProcessingInputCollection {
    const collection = new ProcessingInputCollection();
    collection.addSerialized(text, options);
    return collection;
  }

  /** Appends one input or several. */
  add(inputs: ProcessingInput | readonly ProcessingInput[]): void {
    this.inputs.push(...[inputs].flat());
  }

  /** Appends the inputs of a JSON text; see {@link ProcessingInputCollection.deserialize}. */
  addSerialized(text: string, options: { readonly strict?: boolean } = {}): void {
    const { inputs, versions } = parseInputs(text, options.strict ?? false);
    if (options.strict === true) inputs.forEach(checkStrictly);
    this.add(inputs);
    if (versions !== undefined) this.versions = { ...this.versions, ...versions };
  }

  /**
   * The collection as JSON text.
   *
   * @param options - `form`: `list` (default), the array of inputs; `object`, the form of the dependency files of 2026, with
   * {@link ProcessingInputCollection.versions}.
   * @throws `TypeError` for another form.
   */
  serialize(options: { readonly form?: 'list' | 'object' } = {}): string {
    const form = new Arguments('serialize').oneOf(options.form ?? 'list', 'form', ['list', 'object']);
    return form === 'list' ? formatInputs(this.inputs) : formatDependency(this.inputs, this.versions ?? {});
  }

  /** The science inputs, of one instrument if given. */
  getScienceInputs(source?: string): ScienceInput[] {
    return this.inputs
      .filter((input) => input instanceof ScienceInput)
      .filter((input) => source === undefined || input.source === source);
  }

  /** The inputs that fit the filter; all without one. */
  getProcessingInputs(filter: ProcessingInputFilter = {}): ProcessingInput[] {
    const { inputType, source, descriptor, dataType } = filter;
    return this.inputs.filter(
      (input) =>
        (inputType === undefined || input.inputType === inputType) &&
        (source === undefined || sameSource(input.source, source)) &&
        (descriptor === undefined || input.descriptor.includes(descriptor)) &&
        (dataType === undefined || input.dataType === dataType),
    );
  }

  /**
   * The files' paths below the data directory, in order.
   *
   * @param dataDir - Written before each path; an `ImapClient` has it as `dataDir`.
   */
  getFilePaths(filter: Omit<ProcessingInputFilter, 'inputType'> = {}, dataDir?: string): string[] {
    const paths = this.getProcessingInputs(filter).flatMap(({ files }) => files.map((file) => file.path()));
    return dataDir === undefined ? paths : paths.map((path) => `${dataDir.replace(/\/+$/u, '')}/${path}`);
  }

  /** Fetches all files into the client's data directory, several at a time. */
  downloadAllFiles(client: FileFetcher, options?: DownloadOptions): Downloads<DownloadedFile<string>> {
    return client.downloadAll(
      this.inputs.flatMap(({ fileNames }) => fileNames),
      options,
    );
  }

  /**
   * The files that are valid for processing that starts at a moment; inputs without any are left out. Kernels and tables stay.
   *
   * @param options - `returnLatestAncillary`: of each ancillary input the one file with the latest start. `strict`: days are
   * compared as whole days, and among equal starts the highest version wins; without it midnight alone counts and the
   * first listed wins, as in the Python package.
   */
  getValidInputsForStartDate(
    date: DateLike,
    options: { readonly returnLatestAncillary?: boolean; readonly strict?: boolean } = {},
  ): ProcessingInputCollection {
    const moment = new Date(toMoment(date, 'getValidInputsForStartDate: date'));
    const strict = options.strict ?? false;
    const kept = this.inputs.flatMap((input) => {
      const valid = input.only((file) => file.isValidForStartDate(moment, { wholeDay: strict }));
      if (!(valid instanceof AncillaryInput) || options.returnLatestAncillary !== true) return valid ?? [];
      const latest = latestStart(valid.files, strict);
      return valid.only((file) => file === latest) ?? [];
    });
    return new ProcessingInputCollection(...kept);
  }
}

function latestStart(files: readonly AncillaryFilePath[], byVersion: boolean): AncillaryFilePath | undefined {
  return files.reduce<AncillaryFilePath | undefined>((best, file) => {
    if (best === undefined || file.startDate > best.startDate) return file;
    return byVersion && file.startDate === best.startDate && file.minorVersion > best.minorVersion ? file : best;
  }, undefined);
}

function sameSource(own: string | readonly string[], wanted: string | readonly string[]): boolean {
  if (typeof own === 'string' || typeof wanted === 'string') return own === wanted;
  return own.length === wanted.length && own.every((kind, at) => kind === wanted[at]);
}

function checkStrictly(input: ProcessingInput): void {
  if (input instanceof RepointInput && input.files[0]?.type !== 'repoint') {
    throw new ProcessingInputError('RepointInput can only contain one repoint file.');
  }
}
