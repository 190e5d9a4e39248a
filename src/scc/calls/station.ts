import { below, toPath } from '../../core/files/paths.js';
import { durationsOf } from '../../core/polling/poll.js';
import type { SccOperation } from '../context.js';
import { requireSystemId } from '../names/ids.js';
import { requireProduct } from '../names/product.js';
import type { StationPlan } from '../station/plan.js';
import { runStation } from '../station/run.js';
import type { StationEvent, StationOptions } from '../types.js';
import { DAY_MS } from '../../core/util/dates.js';

const POLL_MS = 60_000;
const STABLE_MS = 5_000;
const SETTLE_MS = 120_000;
const HOUR_MS = 3_600_000;

/** `SCC.station`; invalid options are refused at the call. */
export function station(
  op: SccOperation,
  folder: string | URL,
  options: StationOptions,
): AsyncGenerator<StationEvent, void, undefined> {
  return runStation(op, planOf(op, folder, options));
}

function planOf(op: SccOperation, folder: string | URL, options: StationOptions): StationPlan {
  const { arguments: args } = op;
  const { signal: _signal, datalog, products, ...rest } = options;
  const directory = toPath(options.directory, args.label('directory'));
  const path = toPath(folder, args.label('folder'));
  if (options.systemId !== undefined) requireSystemId(args, options.systemId);
  const named = products?.map((product) => requireProduct(args, product, 'products'));
  if (named?.length === 0) throw args.invalid('products is empty; leave it out to get all finished products');
  if (path === directory && named?.includes('raw') === true)
    throw args.invalid(
      'directory must differ from the folder: otherwise files of the product raw would be uploaded again',
    );
  if (options.replace === true && options.rerun === true)
    throw args.invalid(
      'replace and rerun cannot be used together: a measurement that is sent again is processed again',
    );
  const defaults = { pollIntervalMs: POLL_MS, deadlineMs: DAY_MS + (options.delayHours ?? 0) * HOUR_MS };
  const { pollIntervalMs, deadlineMs } = durationsOf(options, args, defaults);
  return {
    ...rest,
    ...(named && { products: [...new Set(named)] }),
    folder: path,
    directory,
    datalog: datalog === undefined ? below(directory, 'datalog.csv') : toPath(datalog, args.label('datalog')),
    once: options.once ?? false,
    stableMs: options.stableMs ?? STABLE_MS,
    settleMs: options.settleMs ?? SETTLE_MS,
    pollIntervalMs,
    deadlineMs,
  };
}
