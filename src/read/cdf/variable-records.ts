import { chain, type Budget, type Fields, type Records } from './records.js';
import { typeOf, type CdfType } from './types.js';

/** What a VDR record says about a variable. */
export interface CdfVariable {
  readonly name: string;
  /** Whether it is a zVariable, with dimensions of its own, and its number among its kind. */
  readonly isZ: boolean;
  readonly number: number;
  readonly type: CdfType;
  /** Bytes of an element: of all characters of a text. */
  readonly itemBytes: number;
  readonly offset: number;
  /** Number of records, stored or not. */
  readonly records: number;
  /** The lengths of the dimensions that vary. */
  readonly dims: readonly number[];
  /** The first of the records that list its blocks. */
  readonly index: number | undefined;
  /** Records for which a block is made, though fewer may be used. */
  readonly blocking: number;
  /** Where its compression is described. */
  readonly parameters: number | undefined;
  /** A record that is not stored is like the one before; else it has the pad value. */
  readonly repeatsPrevious: boolean;
  /** The pad value as stored, where the variable gives one. */
  readonly pad: Uint8Array | undefined;
}

/** What all variables of a file have in common. */
export interface VariableContext {
  readonly records: Records;
  readonly spend: Budget;
  /** Whether there are 128 unused bytes, as before version 2.5. */
  readonly hasGap: boolean;
  /** The dimensions of rVariables. */
  readonly dims: readonly number[];
}

const [RECORD_VARIANCE, HAS_PAD] = [1, 2];
const SPARSE_PREVIOUS = 2;

/** The variables of one kind, in the order of the file. */
export async function variablesIn(
  context: VariableContext,
  kind: 'rVDR' | 'zVDR',
  first: number | undefined,
): Promise<CdfVariable[]> {
  const variables: CdfVariable[] = [];
  for await (const fields of chain(context.records, first, [kind], context.spend))
    variables.push(variableIn(fields, context, kind === 'zVDR'));
  return variables;
}

function variableIn(fields: Fields, context: VariableContext, isZ: boolean): CdfVariable {
  const { error } = context.records;
  const { offset } = fields;
  const [typeNumber, last] = [fields.int(), fields.int()];
  const index = fields.link();
  fields.link();
  const [flags, sparse] = [fields.int(), fields.int()];
  fields.skip(context.hasGap ? 12 + 128 : 12);
  const [elements, number] = [fields.int(), fields.int()];
  const parameters = fields.link();
  const blocking = fields.int();
  const name = fields.name();
  const type = typeOf(typeNumber);
  if (type === undefined)
    throw error(`the variable ${name} has the type ${typeNumber}, which CDF does not define`, offset);
  if (elements < 1 || (type.kind !== 'text' && elements !== 1))
    throw error(`the variable ${name} (${type.name}) has ${elements} elements per value`, offset);
  const dims = isZ ? fields.ints(fields.int()) : context.dims;
  const varies = fields.ints(dims.length);
  const itemBytes = type.bytes * elements;
  if (last < -1 || dims.some((length) => length < 0))
    throw error(
      `the variable ${name} has an impossible size: last record ${last}, dimensions [${dims.join(', ')}]`,
      offset,
    );
  const pad = (flags & HAS_PAD) === 0 ? undefined : fields.bytes(itemBytes);
  return {
    name,
    isZ,
    number,
    type,
    itemBytes,
    offset,
    records: (flags & RECORD_VARIANCE) === 0 ? Math.min(1, last + 1) : last + 1,
    dims: dims.filter((_, axis) => varies[axis] !== 0),
    index,
    blocking,
    parameters,
    repeatsPrevious: sparse === SPARSE_PREVIOUS,
    pad,
  };
}
