import type { Arguments } from '../../core/operation/arguments.js';
import type { Answer, Call } from '../../core/http/call.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import { ProductNotAvailable } from '../../errors.js';
import { fetchProducts } from '../status/fetch.js';
import { projectQuery, type ScopsOperation } from '../context.js';
import { parseProcessingId, requireProcessingId, requireProductName } from '../names/ids.js';
import type { ScopsProduct } from '../types.js';
import { openArchive } from './open-archive.js';
import { archiveCheck, productArchive, productMembers } from './archive-check.js';

/** An archive that fails its check may have been fetched while it was written; it is fetched once more (pitfall 17). */
const FETCHED_WHILE_WRITTEN = 'again';

/** What archives of one order have in common. */
export interface ArchivePlan {
  readonly op: ScopsOperation;
  readonly processingId: string;
  readonly directory: string;
  /** The products of the order, asked for when they are needed, and once. */
  readonly products: () => Promise<readonly ScopsProduct[]>;
}

/** The parts of a request that do not need a directory. */
export type ArchiveRequest = Pick<TransferRequest<string>, 'operation' | 'call' | 'check' | 'onMismatch' | 'open'> & {
  readonly name: string;
  readonly source: string;
};

/**
 * Plans the archives of an order.
 *
 * @throws `TypeError` for an id that is not of the own project.
 */
export function planArchives(op: ScopsOperation, processingId: string, directory: string): ArchivePlan {
  requireProcessingId(op.arguments, processingId, op.context.project);
  let products: Promise<readonly ScopsProduct[]> | undefined;
  return {
    op,
    processingId,
    directory,
    products: () => (products ??= fetchProducts(op, processingId)),
  };
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
  names: readonly string[] | undefined,
  whole: boolean,
  onListed: (count: number) => void,
): AsyncGenerator<TransferRequest<string>, void, undefined> {
  const asked = names ?? (await completeProducts(plan));
  onListed(asked.length);
  for (const name of asked) {
    const request = whole ? wholeRequest(plan) : productRequest(plan, name);
    yield { ...request, directory: plan.directory };
  }
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
  const call: Call = {
    ...archiveCall(op, `downloads/${processingId}/${product}`),
    mapError: ({ status, init }) =>
      status === 404 ? new ProductNotAvailable(`the archive of ${product} is not there`, init) : undefined,
  };
  return {
    operation: op.name,
    source: product,
    call,
    name: productArchive(product),
    check: archiveCheck(productMembers(product)),
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
export function wholeRequest(plan: ArchivePlan): ArchiveRequest {
  const { op, processingId } = plan;
  const call = archiveCall(op, `downloads/${processingId}`);
  const members: string[] = [];
  return {
    operation: op.name,
    source: 'project',
    call,
    name: wholeName(processingId),
    check: archiveCheck(members),
    onMismatch: FETCHED_WHILE_WRITTEN,
    open: async (sent): Promise<Answer> => {
      const products = (await plan.products()).filter(({ stage }) => stage !== 'not-processing');
      const open = products.find(({ state }) => state !== 'complete');
      if (open !== undefined || products.length === 0)
        throw new ProductNotAvailable(
          open === undefined
            ? `no product of ${processingId} is registered`
            : `the project archive waits for all products, and ${open.name} is not complete (${open.stageText}); download the others one by one`,
          op.init(call),
        );
      members.splice(0, members.length, ...products.map(({ name }) => productArchive(name)));
      return openArchive(op, sent, processingId, 'archive of the whole order');
    },
  };
}

/** `<project>_<year><day of three digits>.zip`. */
function wholeName(processingId: string): string {
  const parts = parseProcessingId(processingId);
  if (parts === undefined) return `${processingId}.zip`;
  return `${parts.project}_${parts.year}${String(parts.day).padStart(3, '0')}.zip`;
}

function archiveCall(op: ScopsOperation, url: string): Call {
  return op.request({ url, query: projectQuery(op), bulk: true });
}
