import type { Arguments } from '../../core/operation/arguments.js';
import type { TransferRequest, ContentCheck } from '../../core/transfer/types.js';
import { ProductNotAvailable } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import { refusedArchive, says, textInPlaceOf } from '../errors.js';
import { requireProcessingId } from '../names/ids.js';
import { archiveMembers, archiveName, projectArchiveName, requireProductName } from '../names/products.js';
import { productArchive, projectArchive } from '../routes.js';
import { fetchProducts, isTextAnswer } from '../status/fetch.js';
import type { ScopsProduct } from '../types.js';
import { zipCheckWith } from '../../core/transfer/body/checks.js';
import type { HttpRequest } from '../../core/http/request.js';
import type { HttpResponse } from '../../core/http/response.js';
import { sleep } from '../../core/util/time.js';

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
    throw args.invalid("products must be 'project' or a non-empty list of product names");
  const names = products.map((name: unknown) => requireProductName(args, name));
  if (new Set(names).size !== names.length) throw args.invalid('products contains a name twice');
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
      ? `no product of ${plan.processingId} is registered: the order has not started, or has a DEM error`
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
            : `product ${product} of ${processingId} is not complete (${found.stageText})`,
          op.init(call),
        );
      return openArchive(op, sent, processingId, `archive of ${product}`);
    },
  };
}

/** The archive of the whole order; it holds one archive per product, and grows until the last product has ended. */
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
            : `the project archive of ${processingId} waits for all products, and ${open.name} is not complete (${open.stageText}); download the others one by one`,
          op.init(call),
        );
      members.splice(0, members.length, ...products.map(({ name }) => archiveName(name)));
      return openArchive(op, sent, processingId, 'archive of the whole order');
    },
  };
}

/**
 * A zip archive with the members that belong into it, each with its right checksum: SCOPS copies and appends archives in
 * place, so that one can be fetched while it is being written (pitfall 17).
 *
 * @param members - Base names that must be there.
 */
function archiveCheck(members: readonly string[]): ContentCheck {
  return zipCheckWith((names) => {
    const there = new Set(names.map((name) => name.slice(name.lastIndexOf('/') + 1)));
    const missing = members.find((member) => !there.has(member));
    return missing === undefined
      ? undefined
      : `it lacks ${missing}; it may have been fetched while it was being written`;
  });
}

const SECOND_CHECK_MS = 1_000;

/** Opens an archive; a text that comes in place of one is read, and one that says `not finalised` counts after a second request only. */
async function openArchive(
  op: ScopsOperation,
  call: HttpRequest,
  processingId: string,
  what: string,
): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await op.http.open(call);
    if (!isTextAnswer(answer)) return answer;
    const text = await answer.text();
    if (attempt >= 2 || says(text, 'absent') || !says(text, 'unfinished'))
      throw textInPlaceOf(what, text, processingId, { ...op.init(call), status: answer.status });
    await sleep(SECOND_CHECK_MS, call.signal);
  }
}
