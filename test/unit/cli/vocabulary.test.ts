import { expect, test } from 'vitest';
import { programSpec } from '../../../src/cli/commands.js';
import { inCommandWords } from '../../../src/cli/command/command-words.js';
import { vocabularyOf } from '../../../src/cli/command/vocabulary.js';
import * as hmi from '../../../src/hmi/arguments.js';
import * as imap from '../../../src/imap/arguments.js';
import * as scc from '../../../src/scc/arguments.js';
import * as scops from '../../../src/scops/arguments.js';

const DECLARATIONS: Readonly<Record<string, object>> = { hmi, imap, scc, scops };

/** Every name of a room's declared arguments and options, nested ones too. */
function namesOf(declared: object, names = new Set<string>()): Set<string> {
  for (const [name, kind] of Object.entries(declared) as [string, object][]) {
    names.add(name);
    if ('fields' in kind) namesOf(kind.fields as object, names);
  }
  return names;
}

const cases = programSpec(() => Promise.resolve(0)).groups.flatMap((group) =>
  group.commands.map((command) => [`${group.name} ${command.name}`, group, command] as const),
);

test.each(cases)('%s: texts of the SDK name no option that only a program has', (_, group, command) => {
  const words = vocabularyOf(command, group);
  const calls = Object.values(DECLARATIONS[group.name] ?? {}) as object[];
  const names = new Set(calls.flatMap((call) => [...namesOf(call)]));
  expect(names.size).toBeGreaterThan(20);
  const unmapped = [...names].filter((name) => {
    const told = inCommandWords(`${group.name}.someCall: ${name} must be otherwise`, words);
    return /[a-z][A-Z]/u.test(told);
  });
  expect(unmapped).toEqual([]);
});

/** A text of the SDK as the reader of one command sees it. */
function told(name: string, text: string): string {
  const [, group, command] = cases.find(([one]) => one === name) ?? [];
  if (group === undefined || command === undefined) throw new Error(`there is no command ${name}`);
  return inCommandWords(text, vocabularyOf(command, group));
}

test.each([
  ['scops submit', 'scops.submit: dem.header must be a file', '--dem-header must be a file'],
  [
    'scops submit',
    'scops.submit: bounds.east must be above bounds.west',
    'the east of --bounds must be above the west of --bounds',
  ],
  [
    'scc upload-file',
    'use option force to replace it, or rerunProcessing to process it again',
    'use --force-upload to replace it, or rerun-all to process it again',
  ],
  [
    'scc download',
    "already exists; remove it, or set option overwrite to 'skip'",
    "already exists; remove it, or set --overwrite to 'skip'",
  ],
  ['scc download', 'scc.downloadProducts: products: unknown product "elp"', '--products: unknown product "elp"'],
  ['scc download', '/data/dem.header is not readable', '/data/dem.header is not readable'],
  ['scc download', 'products/products.csv is full', 'products/products.csv is full'],
])('%s: %j is told as %j', (name, text, expected) => {
  expect(told(name, text)).toBe(expected);
});
