import { lazySchema } from '../../core/validate/schema.js';

/** One measurement of the JSON API. Only the id is strict: the database allows the rest to be missing, and fields were renamed before. */
export interface ApiMeasurement {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A list of the JSON API (tastypie): `meta.next` is a URL path or null. */
export interface ApiList {
  readonly objects: unknown[];
  readonly meta?: { readonly next?: string | null | undefined; readonly total_count?: number | undefined } | undefined;
}

/** An ancillary file of the JSON API. */
export interface ApiAncillary {
  readonly id: string;
  readonly filename: string;
  readonly status?: string | undefined;
}

export const measurementSchema = lazySchema<ApiMeasurement>((z) => z.looseObject({ id: z.string().min(1) }));

export const listSchema = lazySchema<ApiList>((z) =>
  z.looseObject({
    objects: z.array(z.unknown()),
    meta: z.looseObject({ next: z.string().nullish(), total_count: z.number().optional() }).optional(),
  }),
);

export const ancillarySchema = lazySchema<ApiAncillary>((z) =>
  z.looseObject({
    id: z.union([z.string(), z.number().transform(String)]),
    filename: z.string(),
    status: z
      .string()
      .nullish()
      .transform((status) => status ?? undefined),
  }),
);

/** Whether an answer says, in one of its ways, that nothing was found. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
