import { settle } from './data-home.js';
import type { DataFile, DataTable, NdArray, Variable } from './types.js';

/** The parts in which the formats differ. */
export type FileParts = Omit<DataFile, 'toTable' | 'close' | 'warnings' | typeof Symbol.asyncDispose> & {
  readonly warnings?: readonly string[];
  close(): Promise<void>;
};

/** A file of any format: what a reader of one format found in it. */
export function dataFile(parts: FileParts): DataFile {
  settle(parts);
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await parts.close();
  };
  return {
    warnings: [],
    ...parts,
    toTable: (names) => tableOf(parts.variables, names),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function tableOf(variables: ReadonlyMap<string, Variable>, names?: readonly string[]): Promise<DataTable> {
  const chosen = names === undefined ? longest(variables) : names.map((name) => named(variables, name));
  const [length = 0] = chosen[0]?.shape ?? [];
  for (const { name, shape } of chosen)
    if (shape.length !== 1 || shape[0] !== length)
      throw new RangeError(`${name} has the shape [${shape.join(', ')}]; a column of this table has [${length}]`);
  const columns = new Map<string, NdArray['data']>();
  for (const variable of chosen) columns.set(variable.name, (await variable.read()).data);
  return { length, columns };
}

function named(variables: ReadonlyMap<string, Variable>, name: string): Variable {
  const found = variables.get(name);
  if (found === undefined) throw new RangeError(`there is no variable ${JSON.stringify(name)} in this file`);
  return found;
}

/** The variables of one dimension that share the most frequent length. */
function longest(variables: ReadonlyMap<string, Variable>): Variable[] {
  const groups = new Map<number, Variable[]>();
  for (const variable of variables.values()) {
    const [length, ...more] = variable.shape;
    if (length === undefined || more.length > 0) continue;
    groups.set(length, [...(groups.get(length) ?? []), variable]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}
