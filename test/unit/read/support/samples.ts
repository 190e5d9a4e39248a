import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a sample of a format. */
export function samplePath(format: string, name: string): string {
  return fileURLToPath(new URL(`../../../fixtures/read/${format}/${name}`, import.meta.url));
}

/** A sample with what is expected of it, as JSON. */
export interface Sample {
  readonly name: string;
  readonly path: string;
  readonly json: string;
}

/** The samples of a format. */
export function samples(format: string): Sample[] {
  return readdirSync(samplePath(format, '.'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const name = file.slice(0, -'.json'.length);
      return { name, path: samplePath(format, name), json: readFileSync(samplePath(format, file), 'utf8') };
    });
}
