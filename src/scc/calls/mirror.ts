import { toPath } from '../../core/files/paths.js';
import { createMirror } from '../../core/mirror/mirror.js';
import type { Candidate, MirrorPlan, MirrorSource } from '../../core/mirror/plan.js';
import { now } from '../../core/util/time.js';
import type { Mirror, MirrorOptions } from '../../types.js';
import { SCC_MODULES } from '../centre.js';
import type { SccOperation } from '../context.js';
import { requireMeasurementId } from '../names/ids.js';
import { isKnownProduct, productFileName, requireProduct } from '../names/product.js';
import { finishedProducts, isActive } from '../processing/state.js';
import { currentness, DOUBT_MS, takeOutRaw } from '../transfer/product-files.js';
import { productRequest } from '../transfer/product-request.js';
import type { Measurement, SccMirrorOptions, SccMirrorQuery, SccProduct } from '../types.js';
import { findMeasurement } from './find-measurement.js';
import { queryMeasurements } from './query-measurements.js';
import { fieldOf } from '../../core/util/records.js';

/** What the manifest keeps of a product. */
interface MirroredProduct {
  readonly measurementId: string;
  readonly product: SccProduct;
  /** ISO 8601. */
  readonly dateStart?: string;
}

/** `SCC.mirror`. */
export function mirror(op: SccOperation, query: SccMirrorQuery, options: SccMirrorOptions): Mirror {
  const { arguments: args } = op;
  const named = query.products?.map((product) => requireProduct(args, product, 'products'));
  if (named?.length === 0) throw args.invalid('products is empty; leave it out to get all finished products');
  const plan: MirrorPlan = {
    directory: toPath(options.directory, args.label('directory')),
    sources: [sourceOf(op, query, named === undefined ? undefined : [...new Set(named)])],
    isThere: async (file, signal) => {
      const id = fieldOf(file, 'measurementId');
      return typeof id !== 'string' || (await findMeasurement(op.with({ signal }), id)) !== undefined;
    },
  };
  const shared: MirrorOptions = options;
  return createMirror(op, plan, shared);
}

/** The list of measurements tells when each was changed last, but cannot be searched by it: every run reads it as a whole. */
function sourceOf(op: SccOperation, query: SccMirrorQuery, named: readonly SccProduct[] | undefined): MirrorSource {
  const { dateStart, dateEnd, station } = query;
  const [from, to] = [op.arguments.date(dateStart, 'dateStart'), op.arguments.date(dateEnd, 'dateEnd')];
  const measurements = queryMeasurements(op, { dateStart, dateEnd, ...(station !== undefined && { station }) });
  return {
    query: { centre: 'scc', url: op.http.baseUrl.href, station, products: named },
    covers: (file) => {
      const start = fieldOf(file, 'dateStart');
      const ms = typeof start === 'string' ? Date.parse(start) : NaN;
      return from.getTime() <= ms && ms < to.getTime();
    },
    list: async function* (since) {
      for await (const measurement of measurements) {
        const { dateUpdated } = measurement;
        if (since === undefined || dateUpdated === undefined || dateUpdated >= since)
          yield* productsOf(op, measurement, named);
      }
    },
  };
}

function* productsOf(
  op: SccOperation,
  measurement: Measurement,
  named: readonly SccProduct[] | undefined,
): Generator<Candidate, void, undefined> {
  const id = requireMeasurementId(op.arguments, measurement.id);
  const finished = finishedProducts(measurement);
  // Of the others the list does not tell whether they are there.
  const isWanted = (product: SccProduct): boolean =>
    product === 'raw' || !isKnownProduct(product) || finished.includes(product);
  const isCurrent = currentness(op, id);
  const version = versionOf(measurement);
  for (const product of named?.filter(isWanted) ?? finished) {
    const file: MirroredProduct = {
      measurementId: id,
      product,
      ...(measurement.dateStart && { dateStart: measurement.dateStart.toISOString() }),
    };
    yield {
      path: productFileName(product, id),
      file,
      version,
      datedAt: measurement.dateUpdated,
      mayBeMissing: true,
      request: () => ({
        ...productRequest(op, id, product, '', true),
        isCurrent,
        ...(product === 'raw' && takeOutRaw(op.init())),
      }),
    };
  }
}

/**
 * What changes with every processing: when the measurement was changed last, and how its modules ended. As long as that may be going on, or was so short a
 * time ago that a file may be older, no two versions are the same.
 */
function versionOf(measurement: Measurement): string {
  const { dateUpdated, products } = measurement;
  const states = SCC_MODULES.map((module) => products[module].status).join(' ');
  const version = `${dateUpdated?.toISOString() ?? 'undated'} ${states}`;
  const isSettled =
    dateUpdated !== undefined && !isActive(measurement) && Math.abs(now() - dateUpdated.getTime()) > DOUBT_MS;
  return isSettled ? version : `${version} at ${new Date(now()).toISOString()}`;
}
