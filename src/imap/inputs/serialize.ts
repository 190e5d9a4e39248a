import { ProcessingInputError, type ProcessingInput, type ProcessingInputType } from './input.js';
import { AncillaryInput, RepointInput, ScienceInput, SpiceInput, SpinInput } from './kinds.js';

const MAKERS: Readonly<Record<ProcessingInputType, (files: string[]) => ProcessingInput>> = {
  science: (files) => new ScienceInput(...files),
  ancillary: (files) => new AncillaryInput(...files),
  spice: (files) => new SpiceInput(...files),
  spin: (files) => new SpinInput(...files),
  repoint: (files) => new RepointInput(...files),
};

/** The inputs as JSON, byte for byte as Python's `json.dumps` writes them. */
export function formatInputs(inputs: readonly ProcessingInput[]): string {
  const entries = inputs.map((input) => {
    const files = input.fileNames.map(pythonText).join(', ');
    return `{"type": ${pythonText(input.type)}, "files": [${files}]}`;
  });
  return `[${entries.join(', ')}]`;
}

/** The version of each product that a job makes, by descriptor, as the dependency files of 2026 have it. */
export type ProductVersions = Readonly<
  Record<
    string,
    {
      /** The part before the dot. */
      readonly major_version: number;
      /** The part after the dot. */
      readonly minor_version: number;
    }
  >
>;

/** What a JSON text of inputs holds. */
export interface SerializedInputs {
  readonly inputs: ProcessingInput[];
  /** Of the object of 2026; `undefined` for the list alone. */
  readonly versions: ProductVersions | undefined;
}

/** The object of 2026: the inputs under `dependency`, the versions of the products under `version`. */
export function formatDependency(inputs: readonly ProcessingInput[], versions: ProductVersions): string {
  const entries = Object.entries(versions).map(
    ([name, { major_version: major, minor_version: minor }]) =>
      `${pythonText(name)}: {"major_version": ${major}, "minor_version": ${minor}}`,
  );
  return `{"dependency": ${formatInputs(inputs)}, "version": {${entries.join(', ')}}}`;
}

/**
 * Reads the JSON text, a list of inputs or the object of 2026 that holds it.
 *
 * @param strict - Unknown types are refused instead of skipped, as the Python package skips them.
 * @throws `ProcessingInputError` (a `TypeError`) for another shape; `InvalidImapFileName`.
 */
export function parseInputs(text: string, strict: boolean): SerializedInputs {
  const value = parseJson(text);
  const isObject = typeof value === 'object' && value !== null && 'dependency' in value;
  const list: unknown = isObject ? value.dependency : value;
  if (!Array.isArray(list)) {
    const forms = 'a JSON array of {"type", "files"}, or an object that holds it under "dependency"';
    throw new ProcessingInputError(`the inputs must be ${forms}`);
  }
  const versions = isObject ? versionsOf('version' in value ? value.version : undefined) : undefined;
  return { inputs: inputsOf(list, strict), versions };
}

function versionsOf(value: unknown): ProductVersions {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new ProcessingInputError('"version" must be an object with major_version and minor_version by descriptor');
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [name, versionOf(name, one)]),
  );
}

function versionOf(name: string, value: unknown): ProductVersions[string] {
  if (typeof value === 'object' && value !== null && 'major_version' in value && 'minor_version' in value) {
    const { major_version: major, minor_version: minor } = value;
    if (typeof major === 'number' && typeof minor === 'number') return { major_version: major, minor_version: minor };
  }
  throw new ProcessingInputError(
    `"version" of ${JSON.stringify(name)} must hold the numbers major_version and minor_version`,
  );
}

function inputsOf(entries: readonly unknown[], strict: boolean): ProcessingInput[] {
  return entries.flatMap((entry, index) => {
    const input = parseEntry(entry, `$[${index}]`);
    if (input === undefined && strict)
      throw new ProcessingInputError(`$[${index}].type must be one of ${Object.keys(MAKERS).join(', ')}`);
    return input ?? [];
  });
}

function parseEntry(entry: unknown, path: string): ProcessingInput | undefined {
  if (typeof entry !== 'object' || entry === null || !('type' in entry) || !('files' in entry)) {
    throw new ProcessingInputError(`${path} must be an object with "type" and "files"`);
  }
  const { type, files } = entry;
  const make = typeof type === 'string' && isType(type) ? MAKERS[type] : undefined;
  if (make === undefined) return undefined;
  if (!Array.isArray(files)) throw new ProcessingInputError(`${path}.files must be an array of names`);
  const names: unknown[] = files;
  return make(
    names.map((name) => {
      if (typeof name !== 'string') throw new ProcessingInputError('All arguments must be strings');
      return name;
    }),
  );
}

function isType(type: string): type is ProcessingInputType {
  return Object.hasOwn(MAKERS, type);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProcessingInputError(
      `the inputs are not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** A JSON text in ASCII alone: every other UTF-16 unit is escaped. */
function pythonText(text: string): string {
  return JSON.stringify(text)
    .split('')
    .map((unit) => (unit <= '~' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`))
    .join('');
}
