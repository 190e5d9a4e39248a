import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programSpec } from '../../../src/cli/commands.js';
import { VISIBLE_PARAMETERS } from '../../../src/imap/centre.js';
import { FIELDS } from '../../../src/imap/query/fields.js';
import { QUERY_TABLES } from '../../../src/testing/imap/api/tables.js';

const fields = [...FIELDS.keys()];
const parameters = [...FIELDS.values()].map(({ parameter }) => parameter);

describe('each field of a query', () => {
  it('has a parameter that is readable in messages', () => {
    expect(parameters.filter((name) => !VISIBLE_PARAMETERS.some((visible) => visible === name))).toEqual([]);
  });

  it.each(['science', 'ancillary', 'quicklook'] as const)(
    'of the %s table is known to the simulated archive',
    (table) => {
      const { columns, filters } = QUERY_TABLES[table];
      const own = [...FIELDS.values()].filter(({ tables }) => tables.includes(table)).map(({ parameter }) => parameter);
      const unknown = own.filter((name) => !(name in columns) && !filters.includes(name));
      // It is sent as its two parts.
      expect(unknown).toEqual(table === 'quicklook' ? ['version'] : []);
    },
  );

  it('is an option of the command', () => {
    const group = programSpec(() => Promise.resolve(0)).groups.find(({ name }) => name === 'imap');
    const options = group?.commands.find(({ name }) => name === 'query')?.options ?? [];
    const flagOf = (field: string): string =>
      field === 'filePath' ? '--filename' : `--${field.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
    expect(fields.filter((field) => !options.some(({ flags }) => flags.startsWith(`${flagOf(field)} `)))).toEqual([]);
  });

  it('is in the guide', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../../docs/imap.md'), 'utf8');
    expect(fields.filter((field) => !new RegExp(`^\\|[^|]*\`${field}\``, 'mu').test(guide))).toEqual([]);
  });
});
