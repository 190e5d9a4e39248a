import { format, resolveConfig } from 'prettier';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programSpec } from '../../../src/cli/commands.js';
import { COMMON_OPTIONS } from '../../../src/cli/command/common-options.js';
import type { OptionSpec } from '../../../src/cli/command/option-spec.js';
import type { CommandSpec } from '../../../src/cli/command/spec.js';
import { EXIT } from '../../../src/cli/command/exit-codes.js';
import { SETTINGS } from '../../../src/cli/settings/known.js';
import { readFileSync } from 'node:fs';

const docs = join(import.meta.dirname, '../../../docs');
const { groups, commands } = programSpec(() => Promise.resolve(0));

const plain = (text: string): string => text.replaceAll(/[<>*]/gu, '\\$&').replaceAll('\n', ' ');

function options(list: readonly OptionSpec[]): string[] {
  return list.map(({ flags, text, choices, suggestions, required, number }) => {
    const all = choices === undefined ? '' : ` (${choices.join(', ')})`;
    const words = suggestions === undefined ? all : ` (such as ${suggestions.join(', ')})`;
    const bounds = number?.min === undefined || number.max === undefined ? '' : ` (${number.min} to ${number.max})`;
    return `- \`${flags}\`: ${plain(text)}${plain(words)}${text.includes(' to ') ? '' : bounds}${required === true ? '; required' : ''}`;
  });
}

function section(prefix: string, command: CommandSpec): string[] {
  const { name, aliases = [], summary, details, arguments: args = [], options: own = [], examples } = command;
  const full = `${prefix} ${name}`;
  return [
    `### \`${full}\``,
    args.length === 0 ? '' : `\`${[full, ...args.map(({ flags }) => flags)].join(' ')}\``,
    `${plain(summary.charAt(0).toUpperCase() + summary.slice(1))}.${details === undefined ? '' : ` ${plain(details)}`}`,
    aliases.length === 0 ? '' : `Also called ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`,
    [...args.map(({ flags, text }) => `- \`${flags}\`: ${plain(text)}`), ...options(own)].join('\n'),
    `\`\`\`sh\n${examples.map(([line, what]) => `# ${what}\n${line}`).join('\n')}\n\`\`\``,
  ].filter((part) => part !== '');
}

test('docs/cli-reference.md lists every command and option, as the program has them', async () => {
  const text = [
    '# Command reference',
    'All commands with their arguments and options. [The guide](./cli.md) describes what they have in common. Options can be written with `-` or `_`.',
    '## Common options',
    'Every command accepts these, before or after its name.',
    options(COMMON_OPTIONS).join('\n'),
    ...groups.flatMap((group) => [
      `## \`sdc ${group.name}\``,
      `${plain(group.summary)}. All its commands accept:`,
      options(group.options).join('\n'),
      ...group.commands.flatMap((command) => section(`sdc ${group.name}`, command)),
    ]),
    '## Others',
    ...commands.flatMap((command) => section('sdc', command)),
  ].join('\n\n');
  const file = join(docs, 'cli-reference.md');
  const pretty = await format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
  await expect(pretty).toMatchFileSnapshot(file);
});

test('the guide names every setting, variable and exit code', () => {
  const guide = readFileSync(join(docs, 'cli.md'), 'utf8');
  for (const setting of SETTINGS) {
    expect(guide).toContain(`\`${setting.key}\``);
    if ('variable' in setting) expect(guide).toContain(`\`${setting.variable}\``);
  }
  for (const code of Object.values(EXIT)) expect(guide).toMatch(new RegExp(`^\\| +${code} `, 'mu'));
});
