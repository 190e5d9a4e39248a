import { lazySchema } from '../../core/validate/schema.js';
import type { ProductRecord } from '../status/product.js';

type Loose = string | number | null | undefined;

interface JsonProduct {
  readonly name?: Loose;
  readonly stage: string;
  readonly progress?: Loose;
  readonly flag?: boolean | Loose;
  readonly filesize?: Loose;
  readonly bytesize?: Loose;
  readonly zipsize?: Loose;
  readonly zipbyte?: Loose;
}

const schema = lazySchema<Record<string, JsonProduct>>((z) => {
  const loose = z.union([z.number(), z.string()]).nullish();
  return z.record(
    z.string(),
    z.looseObject({
      name: loose,
      stage: z.string(),
      progress: loose,
      flag: z.union([z.boolean(), z.number(), z.string()]).nullish(),
      filesize: loose,
      bytesize: loose,
      zipsize: loose,
      zipbyte: loose,
    }),
  );
});

/** The warning for a product whose record is that of another. */
const UNKNOWN_STAGE = 'unknown: the service reported another product';

/**
 * Reads the JSON of a status (protocol notes 9.1); tolerant in all but the stages. A record of another name than its key is
 * that of another product: in file mode the service repeats the one before while a status file stands empty.
 */
export async function readStatusJson(
  value: unknown,
  context: Parameters<typeof schema.decode>[1],
): Promise<ProductRecord[]> {
  const products = await schema.decode(value, context);
  return Object.entries(products).map(([name, product]) => ({
    name,
    stage: isOf(name, product) ? product.stage : UNKNOWN_STAGE,
    progress: Number(product.progress ?? Number.NaN),
    flag: isOf(name, product) && (product.flag === true || product.flag === 1 || product.flag === '1'),
    filesize: Number(product.filesize ?? 0),
    bytesize: product.bytesize ?? undefined,
    zipsize: Number(product.zipsize ?? 0),
    zipbyte: product.zipbyte ?? undefined,
  }));
}

function isOf(key: string, { name }: JsonProduct): boolean {
  return name === undefined || name === null || String(name) === key;
}

/** Whether a record tells nothing of its product. */
export function isUnclear({ stage }: ProductRecord): boolean {
  return stage === UNKNOWN_STAGE || stage.trim() === '';
}
