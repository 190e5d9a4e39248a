import { numbersIn } from '../array/data-types.js';
import type { Attribute } from '../types.js';
import { chain, type Budget, type Fields, type Records } from './records.js';
import { paddedText } from './text.js';
import { typeOf } from './types.js';

/** The attributes of a file and of its variables by their numbers. */
export interface Attributes {
  readonly ofFile: Readonly<Record<string, Attribute>>;
  ofVariable(isZ: boolean, number: number): Readonly<Record<string, Attribute>>;
}

const GLOBAL_SCOPES = new Set([1, 3]);

interface Entry {
  readonly number: number;
  readonly value: Attribute;
}

/** All attributes. */
export async function attributesIn(
  records: Records,
  first: number | undefined,
  bigEndian: boolean,
  spend: Budget,
): Promise<Attributes> {
  const ofFile = new Map<string, Attribute>();
  const ofVariables = new Map<string, Map<string, Attribute>>();
  const entries = async (head: number | undefined, kind: 'AgrEDR' | 'AzEDR'): Promise<Entry[]> => {
    const found: Entry[] = [];
    for await (const fields of chain(records, head, [kind], spend)) found.push(entryIn(fields, records, bigEndian));
    return found;
  };
  for await (const fields of chain(records, first, ['ADR'], spend)) {
    const { name, isGlobal, rHead, zHead } = attributeIn(fields);
    const [r, z] = [await entries(rHead, 'AgrEDR'), await entries(zHead, 'AzEDR')];
    if (isGlobal) ofFile.set(name, globalValue(r));
    else
      for (const [kind, list] of [
        ['r', r],
        ['z', z],
      ] as const)
        for (const { number, value } of list) {
          const key = `${kind}${number}`;
          ofVariables.set(key, (ofVariables.get(key) ?? new Map<string, Attribute>()).set(name, value));
        }
  }
  return {
    ofFile: Object.fromEntries(ofFile),
    ofVariable: (isZ, number) => Object.fromEntries(ofVariables.get(`${isZ ? 'z' : 'r'}${number}`) ?? []),
  };
}

interface AttributeHead {
  readonly name: string;
  readonly isGlobal: boolean;
  /** Where the entries of the file or of rVariables begin, and those of zVariables. */
  readonly rHead: number | undefined;
  readonly zHead: number | undefined;
}

function attributeIn(fields: Fields): AttributeHead {
  const rHead = fields.link();
  const isGlobal = GLOBAL_SCOPES.has(fields.int());
  fields.skip(16);
  const zHead = fields.link();
  fields.skip(12);
  const name = fields.name();
  return { name, isGlobal, rHead, zHead };
}

/** The value of the only entry, or those of all in the order of their numbers, in which there may be gaps. */
function globalValue(entries: Entry[]): Attribute {
  const values = entries.sort((a, b) => a.number - b.number).map(({ value }) => value);
  const [first] = values;
  return first !== undefined && values.length === 1 ? first : values;
}

function entryIn(fields: Fields, { error }: Records, bigEndian: boolean): Entry {
  fields.skip(4);
  const [typeNumber, number, elements, strings] = [fields.int(), fields.int(), fields.int(), fields.int()];
  fields.skip(16);
  const type = typeOf(typeNumber);
  if (type === undefined)
    throw error(`the entry of an attribute has the type ${typeNumber}, which CDF does not define`, fields.offset);
  if (elements < 0) throw error(`the entry of an attribute has ${elements} elements`, fields.offset);
  const bytes = fields.bytes(elements * type.bytes);
  if (type.kind === 'text') {
    const text = paddedText(bytes);
    return { number, value: strings > 1 ? text.split('\\N ') : text };
  }
  const numbers: Attribute[] = [...numbersIn(bytes, type.stored, bigEndian)];
  const values = type.kind === 'epoch16' ? pairsOf(numbers) : numbers;
  const [first] = values;
  return { number, value: first !== undefined && values.length === 1 ? first : values };
}

function pairsOf(numbers: readonly Attribute[]): Attribute[] {
  return Array.from({ length: numbers.length / 2 }, (_, index) => numbers.slice(2 * index, 2 * index + 2));
}
