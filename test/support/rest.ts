import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The test files that test more when everything is tested: they ask full.ts, or what they import does. */
export function filesWithMore(): string[] {
  const names = readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts'));
  const imports = new Map(names.map((name) => [name, importsOf(name)]));
  const asks = new Set(['test/support/full.ts']);
  for (let before = 0; before < asks.size;) {
    before = asks.size;
    for (const [name, others] of imports) if (others.some((other) => asks.has(other))) asks.add(name);
  }
  return names.filter((name) => name.endsWith('.test.ts') && asks.has(name));
}

function importsOf(name: string): string[] {
  const text = readFileSync(`${root}${name}`, 'utf8');
  return Array.from(text.matchAll(/(?:from |import\()'(\.[^']+)\.js'/gu), ([, path = '']) =>
    posix.join(posix.dirname(name), `${path}.ts`),
  );
}
