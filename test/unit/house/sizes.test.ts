import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOMS } from '../../../scripts/arrows.mjs';

const LONGEST = 250;
const src = join(import.meta.dirname, '../../../src');

it(`no file of src has more than ${LONGEST} lines, but the four clients, whose methods carry their documentation`, () => {
  const clients = ROOMS.map((room) => join(room, 'client.ts'));
  const sizes = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !clients.includes(name))
    .map((name) => ({ name, lines: readFileSync(join(src, name), 'utf8').trimEnd().split('\n').length }));
  expect(sizes.length).toBeGreaterThan(400);
  expect(sizes.filter(({ lines }) => lines > LONGEST)).toEqual([]);
});
