import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, test } from 'vitest';

const run = promisify(execFile);
const installed = join(inject('consumer'), 'node_modules/@lab/sdc');
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const LINK = /\]\(([^()\s]+)\)/gu;
const linksOf = (text: string): string[] => Array.from(text.matchAll(LINK), ([, link = '']) => link);
const isRelative = (link: string): boolean => !/^(?:[a-z][a-z+.-]*:|#)/iu.test(link);

describe('what the tarball holds', () => {
  test('its README has no link into the repository, and names the guides that it copies', () => {
    const text = readFileSync(join(installed, 'README.md'), 'utf8');
    expect(linksOf(text).filter(isRelative)).toEqual([]);
    expect(text).toContain('`docs/getting-started.md`');
    expect(text).not.toMatch(/npx sdc/u);
  });

  test('its manifest has no script that runs, or is warned of, at the installation', () => {
    const { scripts = {} } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { scripts?: object };
    const atInstall = /^(?:pre|post)?(?:install|prepare)$/u;
    expect(Object.keys(scripts).filter((name) => atInstall.test(name))).toEqual([]);
  });

  test('the repository is as it was before it was packed', () => {
    const root = new URL('../../', import.meta.url);
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { scripts: object };
    expect(scripts).toHaveProperty('prepare');
    expect(linksOf(readFileSync(new URL('README.md', root), 'utf8')).filter(isRelative)).not.toEqual([]);
  });
});

describe('npx @lab/sdc examples, in an empty folder', () => {
  let folder: string;

  beforeAll(async () => {
    const empty = await mkdtemp(join(inject('consumer'), 'empty-'));
    await run('npx', ['--no-install', '@lab/sdc', 'examples'], { cwd: empty });
    folder = join(empty, 'sdc-examples');
  });

  test('copies programs, notebooks, sample data and guides; links among them lead to files', () => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
    const expected = ['README.md', 'quick-look.ts', 'data/20210601aky0930.nc', 'notebooks/scc.ipynb', 'docs/scc.md'];
    expect(names).toEqual(expect.arrayContaining(expected));
    const broken = names
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) =>
        linksOf(readFileSync(join(folder, name), 'utf8'))
          .filter(isRelative)
          .filter((link) => !existsSync(join(folder, dirname(name), link.replace(/#.*$/u, ''))))
          .map((link) => `${name}: ${link}`),
      );
    expect(broken).toEqual([]);
  });

  test('the data are those of the repository, byte by byte', () => {
    const from = new URL('../../examples/data/', import.meta.url);
    for (const name of readdirSync(from))
      expect(readFileSync(join(folder, 'data', name)).equals(readFileSync(new URL(name, from))), name).toBe(true);
  });

  test('the first program of the README draws its plot', async () => {
    const { stdout } = await run(process.execPath, ['--import', tsx, 'quick-look.ts'], { cwd: folder });
    expect(stdout).toBe('quick-look.svg: 20 profiles of 20210601aky0930\n');
    const picture = readFileSync(join(folder, 'quick-look.svg'), 'utf8');
    expect(picture.match(/<rect /gu)).toHaveLength(20 * 60);
    expect(picture).not.toMatch(/NaN|Infinity/u);
  });
});
