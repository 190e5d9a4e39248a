import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expected, sdc } from './run.js';
/** The checklists of the existing tools: `tool: command -> sdc command <arguments> --options`. */
const rows = readFileSync(expected('parity.txt'), 'utf8')
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
test.each(rows.map((row) => [row.origin, row.command.join(' '), row]))('%s: the help of sdc %s tells of it', async (_origin, _name, { command, arguments: args, options }) => {
    const { code, out } = await sdc([...command, '--help']);
    expect(code).toBe(0);
    const usage = out.split('\n\n')[0]?.replaceAll(/\s+/gu, ' ') ?? '';
    expect(usage.endsWith(args.join(' ')), usage).toBe(true);
    const told = new Set(Array.from(out.matchAll(/^ {2}(-\S.*?)(?: {2}|$)/gmu), ([, flags = '']) => flags).flatMap((flags) => flags.split(/[ ,=]+/u)));
    const missing = options.map((option) => option.replaceAll('_', '-')).filter((option) => !told.has(option));
    expect(missing).toEqual([]);
});
