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

/**
 * Reads the JSON text.
 *
 * @param strict - Unknown types are refused instead of skipped, as the Python package skips them.
 * @throws `ProcessingInputError` (a `TypeError`) for another shape; `InvalidImapFileName`.
 */
export function parseInputs(text: string, strict: boolean): ProcessingInput[] {
  const value = parseJson(text);
  if (!Array.isArray(value)) throw new ProcessingInputError('the inputs must be a JSON array of {"type", "files"}');
  const entries: unknown[] = value;
  return entries.flatMap((entry, index) => {
    const input = parseEntry(entry, `$[${index}]`);
    if (input === undefined && strict)
      throw new ProcessingInputError(`$[${index}].type is none of ${Object.keys(MAKERS).join(', ')}`);
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
    throw new ProcessingInputError(`the inputs are no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A JSON text in ASCII alone: every other UTF-16 unit is escaped. */
function pythonText(text: string): string {
  return JSON.stringify(text)
    .split('')
    .map((unit) => (unit <= '~' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`))
    .join('');
}
