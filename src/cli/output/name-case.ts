import { plainErrors } from './plain-errors.js';

/** How the names of fields can be written, for the option. */
export const NAME_CASES = ['camel', 'snake'] as const;

/** One of them. */
export type NameCase = (typeof NAME_CASES)[number];

/** Fields whose content has names that a centre or a user has given. */
const AS_THEY_ARE = new Set(['attributes', 'details', 'equations', 'meta', 'raw']);

const RULES: Readonly<Record<NameCase, (name: string) => string>> = {
  camel: (name) =>
    /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/u.test(name)
      ? name.replaceAll(/_([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase())
      : name,
  snake: (name) =>
    /^[a-z][A-Za-z0-9]*$/u.test(name)
      ? name.replaceAll(/(?<=[a-z0-9])[A-Z]+/gu, (letters) => `_${letters.toLowerCase()}`)
      : name,
};

/** The name of a field in the wanted case; names that are neither in camel nor in snake case stay. */
export function inCase(name: string, wanted: NameCase | undefined): string {
  return wanted === undefined ? name : RULES[wanted](name);
}

/** The same value, as JSON has it, with the names of its fields in the wanted case. */
export function fieldsInCase(value: unknown, wanted: NameCase | undefined): unknown {
  if (wanted === undefined) return value;
  const plain: unknown = JSON.parse(JSON.stringify(value, plainErrors));
  return renamed(plain, wanted);
}

function renamed(value: unknown, wanted: NameCase): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, wanted));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      inCase(name, wanted),
      AS_THEY_ARE.has(name) ? one : renamed(one, wanted),
    ]),
  );
}
