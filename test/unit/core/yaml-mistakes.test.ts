import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readYamlFile } from '../../../src/core/config/yaml-file.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';

const MISTAKES: readonly (readonly [what: string, text: string, said: RegExp])[] = [
  ['a key twice', 'base_url: x\noutput_dir: a\noutput_dir: Tr0ub4dor\n', /line 3: this key/u],
  ['a tag', 'basic_credentials: [lidar, !Tr0ub4dor]\n', /line 1: .*! must be quoted/u],
  ['an alias', 'x: 1\npassword: *Tr0ub4dor\n', /\* must be quoted/u],
  ['an indent too far', 'x:\n- user\n   - Tr0ub4dor: x\n  y\n', /line \d: /u],
  ['an open quote', 'x: 1\npassword: "Tr0ub4dor\n', /line \d: a quote/u],
  ['an open bracket', 'x: [a, Tr0ub4dor\n', /line \d: /u],
  ['a percent sign', 'password: %Tr0ub4dor\n', /line 1: .*\bquote/u],
  ['an at sign', 'password: @Tr0ub4dor\n', /line 1: .*\bquote/u],
  ['a directive', '%Tr0ub4dor\npassword: x\n', /line \d: /u],
  ['a tab', 'a:\n\tpassword: Tr0ub4dor\n', /line \d: /u],
  ['an unknown escape', 'password: "\\Tr0ub4dor"\n', /line 1: .*escape/u],
  ['two colons', 'password: a: Tr0ub4dor\n', /line 1: /u],
  ['no mapping', 'Tr0ub4dor\n', /does not hold settings/u],
];

it.each(MISTAKES)('a settings file with %s: line and reason are told, no value', async (_, text, said) => {
  const printed: unknown[] = [];
  const keep = (...words: unknown[]): boolean => printed.push(words) > 0;
  const spies = [
    vi.spyOn(process, 'emitWarning').mockImplementation(keep),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep),
    vi.spyOn(console, 'warn').mockImplementation(keep),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  const file = join(tempDir(), 'settings.yaml');
  await writeFile(file, text);
  const error: unknown = await rejection(readYamlFile(file, (message) => new Error(message)));
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).toMatch(said);
  expect(inspect(error) + inspect(printed)).not.toContain('Tr0ub4dor');
});
