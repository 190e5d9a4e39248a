import { attributesAt, type RawAttribute } from './attributes.js';
import type { Engine } from './engine.js';
import type { ArrayMetadata } from './hdf5.js';
import type { Session } from './session.js';

/** A group or a dataset of HDF5. */
export interface StoredObject {
  /** Its path in HDF5, with a slash before each name; empty for the root. */
  readonly path: string;
  readonly attributes: ReadonlyMap<string, RawAttribute>;
}

export interface StoredDataset extends StoredObject {
  /** What references to it hold. */
  readonly address: bigint;
  readonly metadata: ArrayMetadata;
}

export interface StoredObjects {
  readonly groups: readonly StoredObject[];
  readonly datasets: readonly StoredDataset[];
  readonly warnings: readonly string[];
}

const [GROUP, DATASET, TYPE] = [0, 1, 2];

/** All groups and datasets, a group before what is in it. Groups that lie within themselves are entered once. */
export async function objectsIn(session: Session): Promise<StoredObjects> {
  const groups: StoredObject[] = [];
  const datasets: StoredDataset[] = [];
  const warnings: string[] = [];
  const entered = new Set<bigint>();
  const enter = async (path: string): Promise<void> => {
    const what = `the group ${path === '' ? '/' : path} is damaged`;
    const group = await session.run(what, (engine) => groupAt(engine, path, entered));
    if (group === undefined) return;
    groups.push({ path, attributes: group.attributes });
    const inner: string[] = [];
    for (const name of group.names) {
      const child = `${path}/${name}`;
      const type = await session.run(`${child} is damaged`, ({ hdf5, file }) => hdf5.get_type(file, child));
      if (type === DATASET)
        datasets.push(await session.run(`the variable ${child} is damaged`, (engine) => datasetAt(engine, child)));
      else if (type === GROUP) inner.push(child);
      else if (type !== TYPE)
        warnings.push(`${child} is a link that points outside the file or nowhere; it is left out`);
    }
    for (const child of inner) await enter(child);
  };
  await enter('');
  return { groups, datasets, warnings };
}

function groupAt(
  engine: Engine,
  path: string,
  entered: Set<bigint>,
): { names: string[]; attributes: ReadonlyMap<string, RawAttribute> } | undefined {
  const { hdf5, file } = engine;
  const own = path === '' ? '/' : path;
  const address = addressOf(hdf5.create_object_reference(file, own));
  if (entered.has(address)) return undefined;
  entered.add(address);
  return { names: hdf5.get_names(file, own, false), attributes: attributesAt(engine, own) };
}

function datasetAt(engine: Engine, path: string): StoredDataset {
  const { hdf5, file } = engine;
  return {
    path,
    address: addressOf(hdf5.create_object_reference(file, path)),
    metadata: hdf5.get_dataset_metadata(file, path),
    attributes: attributesAt(engine, path),
  };
}

/** The number in a reference to an object. */
export const addressOf = (reference: Uint8Array): bigint =>
  new DataView(Uint8Array.from(reference).buffer).getBigUint64(0, true);
