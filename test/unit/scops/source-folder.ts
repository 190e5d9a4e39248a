import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEADER = (bands: number): string => `ENVI\nsamples = 8\nlines = 6\nbands = ${bands}\ninterleave = bil\n`;

/** Writes a project's folder as the processing host has it, with the level-1b files of some lines; returns the level-1b folder. */
export function writeSourceFolder(
  source: string,
  lines: Readonly<Record<string, number>>,
  kind = 'hyperspectral',
): string {
  const level1 = join(source, 'delivery', `GB13_08-${kind}-20140805`, 'flightlines', 'level1b');
  mkdirSync(level1, { recursive: true });
  for (const [line, bands] of Object.entries(lines))
    for (const name of [`${line}1b.bil`, `${line}1b_mask.bil`]) {
      writeFileSync(join(level1, name), 'x');
      writeFileSync(join(level1, `${name}.hdr`), HEADER(bands));
    }
  return level1;
}

/** Writes an elevation model with its header; two by two heights, by default around the flight of the tests. */
export function writeDem(path: string, west = -5, north = 51): string {
  writeFileSync(path, Buffer.alloc(16));
  writeFileSync(
    `${path}.hdr`,
    `ENVI\nsamples = 2\nlines = 2\nbands = 1\ndata type = 4\ninterleave = bsq\nmap info = {Geographic Lat/Lon, 1, 1, ${west}, ${north}, 1, 1, WGS-84}\n`,
  );
  return path;
}
