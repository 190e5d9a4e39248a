import { expect, test } from 'vitest';
import { programSpec } from '../../../src/cli/commands.js';
import { inCommandWords, vocabularyOf } from '../../../src/cli/command/vocabulary.js';
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
