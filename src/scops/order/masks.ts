import type { Arguments } from '../../core/operation/arguments.js';
import { ALL_MASKS, MASKS } from '../centre.js';
import type { ScopsOrder } from '../types.js';

/**
 * The mask letters of an order: `all`, `none`, or letters in the server's order.
 *
 * @throws `TypeError` for unknown masks and an empty list, which would start the masking program without a value.
 */
export function masksOf(args: Arguments, masks: ScopsOrder['masks']): string {
  if (masks === undefined || masks === 'all') return 'all';
  if (masks === 'none') return 'none';
  if (!Array.isArray(masks) || masks.length === 0)
    throw args.invalid("masks must be 'all', 'none' or a list of masks that is not empty");
  const letters = new Set(masks.map((mask: unknown) => letterOf(args, mask)));
  return Array.from(ALL_MASKS)
    .filter((letter) => letters.has(letter))
    .join('');
}

function letterOf(args: Arguments, mask: unknown): string {
  const letter = Object.entries(MASKS).find((names) => names.some((name) => name === mask))?.[1];
  if (letter === undefined)
    throw args.invalid(
      `masks knows ${Object.keys(MASKS).join(', ')} and the letters ${ALL_MASKS}; got ${String(mask)}`,
    );
  return letter;
}

/** Exactly one of the three forms that the server tells apart by the order of keys (pitfall 32). */
export function maskFields(letters: string): [string, string][] {
  if (letters === 'all') return [['mask_all_check', 'on']];
  if (letters === 'none') return [['mask_none_check', 'on']];
  return Array.from(letters).map((letter) => [`mask_check_${letter}`, 'on']);
}
