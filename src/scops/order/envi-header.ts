/** Bytes of one value by ENVI's data type. */
const VALUE_BYTES: Readonly<Record<string, number>> = { 1: 1, 2: 2, 3: 4, 4: 4, 5: 8, 12: 2, 13: 4, 14: 8, 15: 8 };

/**
 * What an ENVI header says that cannot be: `undefined` where nothing contradicts the file. A header that says little is
 * left to the server.
 */
export function enviComplaint(header: string, fileBytes: number): string | undefined {
  const field = (name: string): string | undefined =>
    new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)`, 'imu').exec(header)?.[1];
  const bands = field('bands');
  if (bands !== undefined && Number(bands) !== 1) return `describes ${bands} bands, but a DEM has one`;
  const interleave = field('interleave')?.toLowerCase();
  if (interleave !== undefined && interleave !== 'bil' && interleave !== 'bsq')
    return `says interleave ${interleave}, but SCOPS reads bil and bsq`;
  const samples = Number(field('samples') ?? Number.NaN);
  const lines = Number(field('lines') ?? Number.NaN);
  const size = VALUE_BYTES[field('data type') ?? ''];
  if (size === undefined || Number.isNaN(samples) || Number.isNaN(lines)) return undefined;
  const needed = samples * lines * size;
  return fileBytes < needed ? `describes ${needed} bytes, but the DEM has ${fileBytes}` : undefined;
}
