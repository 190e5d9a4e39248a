import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scopsEnvironment, ScopsWorkspace, type WorkspaceOptions } from '../../../src/scops/index.js';
import { tempDir } from '../../support/temp-dir.js';

interface Recorded {
  readonly name: string;
  readonly works: boolean;
  readonly source: string;
}

const recorded = (
  JSON.parse(readFileSync(new URL('../../fixtures/scops/plugins.json', import.meta.url), 'utf8')) as {
    plugins: Recorded[];
  }
).plugins;

/** The problems of plugins that are put into one folder. */
async function check(sources: Record<string, string>, options: WorkspaceOptions = {}) {
  const pluginDirectory = tempDir();
  for (const [name, source] of Object.entries(sources)) {
    if (name.includes('/')) mkdirSync(join(pluginDirectory, name.split('/')[0]!));
    writeFileSync(join(pluginDirectory, `${name}.py`), Buffer.from(source, 'latin1'));
  }
  const workspace = new ScopsWorkspace(scopsEnvironment({ QSUB_SYSTEM: 'local' }), { pluginDirectory, ...options });
  return new Map((await workspace.plugins()).map(({ name, problems }) => [name, problems.join('; ')]));
}

const KEEPS =
  'import os\ndef run(output_folder, hsi_filename):\n    return os.path.join(output_folder, os.path.basename(hsi_filename))\n';

describe('plugins as Python 2.7 sees them', async () => {
  const seen = await check(Object.fromEntries(recorded.map(({ name, source }) => [name, source])));
  test.each(recorded)('$name works: $works', ({ name, works }) => {
    expect(seen.get(name) === '', seen.get(name)).toBe(works);
  });
});

describe('names of plugins', () => {
  test.each(['string', 'code', 'test', 'numpy', 'status_db', 'json'])(
    '%s.py is shadowed by another module',
    async (name) => {
      expect((await check({ [name]: KEEPS })).get(name)).toMatch(/is imported instead/u);
    },
  );
  test('a package of the same name goes first', async () => {
    expect((await check({ angle: KEEPS, 'angle/__init__': '' })).get('angle')).toMatch(/package angle\//u);
  });
  test.each(['pro', 'source', 'x1b', 'my_bil', 'eq_x', 'a'])('%s.py cannot be ordered', async (name) => {
    expect((await check({ [name]: KEEPS })).get(name)).toMatch(/cannot be ordered/u);
  });
  test('a link that leads nowhere is a problem of that plugin alone', async () => {
    const pluginDirectory = tempDir();
    symlinkSync(join(pluginDirectory, 'gone'), join(pluginDirectory, 'lost.py'));
    writeFileSync(join(pluginDirectory, 'angle.py'), KEEPS);
    const workspace = new ScopsWorkspace(scopsEnvironment({ QSUB_SYSTEM: 'local' }), { pluginDirectory });
    const plugins = await workspace.plugins();
    expect(plugins.map(({ name, problems }) => [name, problems.length])).toEqual([
      ['angle', 0],
      ['lost', 1],
    ]);
    expect(plugins[1]?.problems[0]).toMatch(/cannot be read/u);
  });
});

describe('what plugin_args adds', () => {
  const takes = KEEPS.replace('hsi_filename)', 'hsi_filename, spectra)');
  test('is needed by one plugin and not taken by another', async () => {
    const sources = { takes, angle: KEEPS, any_of: 'def run(**given):\n    return given["hsi_filename"]\n' };
    expect(await check(sources, { pluginArgs: ['spectra'] })).toEqual(
      new Map([
        ['angle', 'run does not take spectra'],
        ['any_of', ''],
        ['takes', ''],
      ]),
    );
    expect((await check(sources)).get('takes')).toBe('run needs spectra, which the back end does not give');
  });
  test.each([['a b'], ['1st'], [''], ['x=1']])('%j is no name', async (name) => {
    await expect(check({ angle: KEEPS }, { pluginArgs: [name] })).rejects.toThrow(/pluginArgs/u);
  });
});

describe('the name of the file that run returns', () => {
  test.each([
    ['os.path.join(output_folder, "result.bil")', /"result.bil" for line f21701: the name must begin with f217011b/u],
    ['hsi_filename.replace("1b", "2b")', /must begin with f217011b/u],
    ['output_folder + "/%s" % os.path.basename(hsi_filename)[6:]', /must begin with f217011b/u],
  ])('%s', async (path, problem) => {
    const source = `import os\ndef run(output_folder, hsi_filename):\n    return ${path}\n`;
    expect((await check({ angle: source })).get('angle')).toMatch(problem);
  });
  test('is not guessed where it cannot be read', async () => {
    const source =
      'import glob\ndef run(output_folder, hsi_filename):\n    return glob.glob(output_folder + "/*")[0]\n';
    expect((await check({ angle: source })).get('angle')).toBe('');
  });
});

test('deep nesting, long chains and recursion come to an end', async () => {
  const sources = {
    deep: `x = ${'('.repeat(5000)}1${')'.repeat(5000)}\n${KEEPS}`,
    chain: `x = ${'1 + '.repeat(20000)}1\n${KEEPS}`,
    branches: `import random\nx = 0\n${'if random.random(): x = x or 1\n'.repeat(300)}${KEEPS}`,
    calls: `def f(a):\n    return f(a) or f(a) or f(a)\nf(1)\n${KEEPS}`,
    elifs: `import os\nif os.name == "a": pass\n${'elif os.name == "b": pass\n'.repeat(500)}${KEEPS}`,
    text: `x = """${'long text\n'.repeat(50000)}"""\n${KEEPS}`,
  };
  const seen = await check(sources);
  expect([...seen].filter(([, problems]) => problems !== '').map(([name]) => name)).toEqual(['deep']);
});

describe('a plugin that grows without end does not keep others from being read', () => {
  const numbered = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('');
  test.each([
    ['attributes of attributes', `import os\nx = os${'.path'.repeat(50_000)}\n`, /chain has more than/u],
    ['calls of calls', `x = str${'()'.repeat(50_000)}\n`, /chain has more than/u],
    ['one elif after the other', `x = 1\nif x: pass\n${'elif x: pass\n'.repeat(20_000)}`, /chain has more than/u],
    ['a text that is doubled', `x = "text"\n${'x = x + x\n'.repeat(40)}`, /^$/u],
    ['a text that is put into itself', `x = "text"\n${'x = "%s%s" % (x, x)\n'.repeat(40)}`, /^$/u],
    ['a text in which each letter is replaced', `x = "aaaa"\n${'x = x.replace("a", x)\n'.repeat(20)}`, /^$/u],
    [
      'names with many conditions',
      `import random\n${numbered(8_000, (index) => `n${index} = 1\n`)}${'if random.random(): x = 1\n'.repeat(2_000)}`,
      /^$/u,
    ],
    [
      'a long function that is called often',
      `def f():\n    return 1\n${'    pass\n'.repeat(50_000)}${'f()\n'.repeat(3_000)}`,
      /^$/u,
    ],
  ])('%s', async (_, source, problem) => {
    const seen = await check({ large: `${source}${KEEPS}`, angle: KEEPS });
    expect(seen.get('angle')).toBe('');
    expect(seen.get('large')).toMatch(problem);
  });

  test('long sums of attributes and long conditions are read', async () => {
    const sum = `import os\nx = ${numbered(2_000, () => 'os.path + ')}os.path\n`;
    const elifs = `x = 1\nif x: pass\n${'elif x: pass\n'.repeat(900)}`;
    expect([...(await check({ sum: sum + KEEPS, elifs: elifs + KEEPS })).values()]).toEqual(['', '']);
  });
});
