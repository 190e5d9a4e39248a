import type { ScopsConfig } from '../../config/types.js';
import { ALL_MASKS, INTERPOLATIONS } from '../../centre.js';
import { pixelSizeOf } from '../../order/pixel-size.js';
import { projectionOf } from '../../order/projection.js';
import { complaintOf } from './complaint.js';

/** Why the worker would not make a line with these values, whatever is on disk; `undefined` where it would. */
export async function valuesProblem(values: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { process = '', masking = '', pixelsize = '', interpolation = '' } = values;
  if (process !== 'true' && process !== 'false') return 'process must be true or false, in lower case';
  if (masking !== 'none' && Array.from(masking).some((letter) => !ALL_MASKS.includes(letter)))
    return `masking must be none or letters of ${ALL_MASKS}`;
  if (!/^\d*\.?\d+ \d*\.?\d+$/u.test(pixelsize)) return 'pixelsize must be two numbers, such as 2.0 2.0';
  if (!INTERPOLATIONS.some((one) => one === interpolation)) return `interpolation must be ${INTERPOLATIONS.join(', ')}`;
  return complaintOf((args) => {
    const projection = projectionOf(args, projectionIn(values));
    const [x = NaN, y = NaN] = pixelsize.split(' ').map(Number);
    pixelSizeOf(args, [x, y], projection);
  });
}

function projectionIn({ projection = '', projstring = '' }: ScopsConfig['defaults']): string | { proj: string } {
  return projection === 'proj_string' ? { proj: projstring } : projection;
}
