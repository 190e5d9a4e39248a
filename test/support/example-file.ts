import { fileURLToPath } from 'node:url';

/** The path of a file in `examples/data`. */
export function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../../examples/data/${name}`, import.meta.url));
}
