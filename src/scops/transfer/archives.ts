import type { Arguments } from '../../core/operation/arguments.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import { ProductNotAvailable } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import { refusedArchive } from '../errors.js';
import { requireProcessingId } from '../names/ids.js';
import { archiveMembers, archiveName, projectArchiveName, requireProductName } from '../names/products.js';
import { productArchive, projectArchive } from '../routes.js';
import { fetchProducts } from '../status/fetch.js';
import type { ScopsProduct } from '../types.js';
import { archiveCheck } from './archive-check.js';
import { openArchive } from './open-archive.js';

/** An archive that fails its check may have been fetched while it was written; it is fetched once more (pitfall 17). */
const FETCHED_WHILE_WRITTEN = 'again';

/** What archives of one order have in common. */
export interface ArchivePlan {
  readonly op: ScopsOperation;
  readonly processingId: string;
  /** The products of the order, asked for when they are needed, and once. */
  readonly products: () => Promise<readonly ScopsProduct[]>;
}

/** The parts of a request that do not need a directory. */
export type ArchiveRequest = Pick<TransferRequest<string>, 'call' | 'check' | 'onMismatch' | 'open'> & {
  readonly name: string;
  readonly source: string;
};

/**
 * Plans the archives of an order.
 *
 * @throws `TypeError` for an id that is not of the own project.
 */
export function planArchives(op: ScopsOperation, processingId: string): ArchivePlan {
  requireProcessingId(op.arguments, processingId, op.context.project);
  let products: Promise<readonly ScopsProduct[]> | undefined;
  return { op, processingId, products: () => (products ??= fetchProducts(op, processingId)) };
}

/** The names that were asked for; `undefined`: every complete product. */
export function requestedNames(args: Arguments, products: unknown): readonly string[] | undefined {
  if (products === undefined) return undefined;
  if (products === 'project') return ['project'];
  if (!Array.isArray(products) || products.length === 0)
    throw args.invalid("products must be 'project' or a list of product names that is not empty");
  const names = products.map((name: unknown) => requireProductName(args, name));
  if (new Set(names).size !== names.length) throw args.invalid('products names one twice');
  return names;
}

/** The requests for the archives. Products that were named are asked after only when their archive is not there yet. */
export async function* archiveRequests(
  plan: ArchivePlan,
  directory: string,
  names: readonly string[] | undefined,
  whole: boolean,
  onListed: (count: number) => void,
): AsyncGenerator<TransferRequest<string>, void, undefined> {
  const asked = names ?? (await completeProducts(plan));
  onListed(asked.length);
  for (const name of asked) yield { ...(whole ? projectRequest(plan) : productRequest(plan, name)), directory };
}

async function completeProducts(plan: ArchivePlan): Promise<string[]> {
  const products = await plan.products();
  const complete = products.filter(({ state }) => state === 'complete').map(({ name }) => name);
  if (complete.length > 0) return complete;
  throw new ProductNotAvailable(
    products.length === 0
      ? `no product of ${plan.processingId} is registered: it has not begun, or has a DEM error`
      : `no product of ${plan.processingId} is complete; wait for it with waitFor`,
    plan.op.init(),
  );
}

/** The archive of one product; fetched only when it is complete, since it is copied into place (pitfall 17). */
export function productRequest(plan: ArchivePlan, product: string): ArchiveRequest {
  const { op, processingId } = plan;
  const route = productArchive(op, processingId, product);
  const call = { ...route, bulk: true, mapError: refusedArchive(product) };
  return {
    source: product,
    call,
    name: archiveName(product),
    check: archiveCheck(archiveMembers(product)),
    onMismatch: FETCHED_WHILE_WRITTEN,
    open: async (sent) => {
      const found = (await plan.products()).find(({ name }) => name === product);
      if (found?.state !== 'complete')
        throw new ProductNotAvailable(
          found === undefined
            ? `${processingId} has no product ${product}; it has ${(await plan.products()).map(({ name }) => name).join(', ') || 'none yet'}`
            : `product ${product} is not complete (${found.stageText})`,
          op.init(call),
        );
      return openArchive(op, sent, processingId, `archive of ${product}`);
    },
  };
}

/** The archive of the whole order; it holds one archive a product, and is appended to while the last ones end. */
export function projectRequest(plan: ArchivePlan): ArchiveRequest {
  const { op, processingId } = plan;
  const call = { ...projectArchive(op, processingId), bulk: true };
  const members: string[] = [];
  return {
    source: 'project',
    call,
    name: projectArchiveName(processingId),
    check: archiveCheck(members),
    onMismatch: FETCHED_WHILE_WRITTEN,
    open: async (sent) => {
      const products = (await plan.products()).filter(({ stage }) => stage !== 'not-processing');
      const open = products.find(({ state }) => state !== 'complete');
      if (open !== undefined || products.length === 0)
        throw new ProductNotAvailable(
          open === undefined
            ? `no product of ${processingId} is registered`
            : `the project archive waits for all products, and ${open.name} is not complete (${open.stageText}); download the others one by one`,
          op.init(call),
        );
      members.splice(0, members.length, ...products.map(({ name }) => archiveName(name)));
      return openArchive(op, sent, processingId, 'archive of the whole order');
    },
  };
}
