// Cold import beside an empty process: what loading the package costs a script.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { median } from './lib/measure.mjs';

const TARGETS = {
  'the whole package': ['bundle/index.js', 90],
  scc: ['bundle/scc/index.js', 70],
  imap: ['bundle/imap/index.js', 70],
  hmi: ['bundle/hmi/index.js', 70],
  scops: ['bundle/scops/index.js', 70],
};

export async function imports({ dist, rounds }) {
  const times = new Map([['', []], ...Object.keys(TARGETS).map((name) => [name, []])]);
  for (let round = 0; round < Math.max(rounds, 7); round += 1) {
    for (const [name, list] of times) {
      const code =
        name === '' ? '' : `await import(${JSON.stringify(pathToFileURL(join(dist, TARGETS[name][0])).href)})`;
      const start = performance.now();
      spawnSync(process.execPath, ['--input-type=module', '-e', code]);
      list.push(performance.now() - start);
    }
  }
  const empty = median(times.get(''));
  return Object.entries(TARGETS).map(([name, [, target]]) => {
    const ms = median(times.get(name));
    return {
      work: `import: ${name}`,
      ms: Math.round(ms - empty),
      ratio: Number((ms / empty).toFixed(2)),
      'target ms': target,
    };
  });
}
