import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expected, sdc, type Ran } from './run.js';

interface Row {
  readonly origin: string;
  readonly command: readonly string[];
  readonly arguments: readonly string[];
  readonly options: readonly string[];
}

/** The checklists of the existing tools: `tool: command -> sdc command <arguments> --options`. */
const rows: readonly Row[] = readFileSync(expected('parity.txt'), 'utf8')
  .split('\n')
  .filter((line) => line.includes(' -> ') && !line.startsWith('#'))
  .map((line) => {
    const [origin = '', target = ''] = line.split(' -> ');
    const words = target.split(' ');
    return {
      origin,
      command: words.filter((word) => /^[a-z]/u.test(word)),
      arguments: words.filter((word) => /^[<[]/u.test(word)),
      options: words.filter((word) => word.startsWith('-')),
    };
  });

/** The help of each command, asked for once. */
const pages = new Map<string, Promise<Ran>>();

test.each(rows.map((row) => [row.origin, row.command.join(' '), row] as const))(
  '%s: the help of sdc %s tells of it',
  async (_origin, _name, { command, arguments: args, options }) => {
    const page = pages.get(command.join(' ')) ?? sdc([...command, '--help']);
    pages.set(command.join(' '), page);
    const { code, out } = await page;
    expect(code).toBe(0);
    const usage = out.split('\n\n')[0]?.replaceAll(/\s+/gu, ' ') ?? '';
    expect(usage.endsWith(args.join(' ')), usage).toBe(true);
    const told = new Set(
      Array.from(out.matchAll(/^ {2}(-\S.*?)(?: {2}|$)/gmu), ([, flags = '']) => flags).flatMap((flags) =>
        flags.split(/[ ,=]+/u),
      ),
    );
    const missing = options.map((option) => option.replaceAll('_', '-')).filter((option) => !told.has(option));
    expect(missing).toEqual([]);
  },
);
