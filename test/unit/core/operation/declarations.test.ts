import { expect, test } from 'vitest';
import { Arguments } from '../../../../src/core/operation/arguments.js';
import { checkArguments, objectOf } from '../../../../src/core/operation/fields.js';
import { needed, callback, date, flag, list, oneOf, text, whole } from '../../../../src/core/operation/kinds.js';

interface Wanted {
  readonly name: string;
  readonly count?: number;
  readonly mode?: 'fast' | 'safe';
  readonly tags?: readonly string[];
  readonly onEnd?: (bytes: number) => void;
}

// The compiler is the test: each line marked with an expected error is one that must not compile.
test('a declaration cannot drift from the public type', () => {
  const good = objectOf<Wanted>()({
    name: needed(text),
    count: whole(),
    mode: oneOf('fast', 'safe'),
    tags: list(text),
    onEnd: callback(),
  });
  const { name, count, mode, tags, onEnd } = good.fields;

  // @ts-expect-error a field is missing
  objectOf<Wanted>()({ name, count, mode, tags });
  // @ts-expect-error a field too many
  objectOf<Wanted>()({ name, count, mode, tags, onEnd, extra: text });
  const more = { extra: text };
  // @ts-expect-error a field too many, by a spread
  objectOf<Wanted>()({ ...good.fields, ...more });
  // @ts-expect-error another kind
  objectOf<Wanted>()({ name, count: text, mode, tags, onEnd });
  // @ts-expect-error a word too few
  objectOf<Wanted>()({ name, count, mode: oneOf('fast'), tags, onEnd });
  // @ts-expect-error a word too many
  objectOf<Wanted>()({ name, count, mode: oneOf('fast', 'safe', 'none'), tags, onEnd });
  // @ts-expect-error any text is more than the words
  objectOf<Wanted>()({ name, count, mode: text, tags, onEnd });
  // @ts-expect-error elements of another kind
  objectOf<Wanted>()({ name, count, mode, tags: list(whole()), onEnd });
  // @ts-expect-error another function
  objectOf<Wanted>()({ name, count, mode, tags, onEnd: callback<(text: string) => void>() });
  // @ts-expect-error it must be given, by its type
  objectOf<Wanted>()({ name: text, count, mode, tags, onEnd });
  // @ts-expect-error it may be left out, by its type
  objectOf<Wanted>()({ name, count: needed(whole()), mode, tags, onEnd });

  const id = '20210601aky0930';
  const call = (kinds: Parameters<typeof checkArguments<{ id: string; wanted: Wanted }>>[1]): void => {
    checkArguments(new Arguments('room.call'), kinds, { id, wanted: { name: 'one' } });
  };
  call({ id: needed(text), wanted: good });
  // @ts-expect-error the argument is a text
  expect(() => checkArguments(new Arguments('room.call'), { id: flag }, { id })).toThrow(TypeError);
  // @ts-expect-error a text alone is less than a Date or a text
  expect(() => checkArguments(new Arguments('room.call'), { id: needed(date) }, { id })).not.toThrow();
  expect(good.fields.name.needed).toBe(true);
});
