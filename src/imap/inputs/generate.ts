import { InvalidImapFileName } from '../names/invalid.js';
import { ProcessingInputError, type ProcessingInput } from './input.js';
import { AncillaryInput, RepointInput, ScienceInput, SpiceInput, SpinInput } from './kinds.js';

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
