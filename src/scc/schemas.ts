import { parseIso } from '../core/util/dates.js';
import { lazySchema, type Zod } from '../core/validate/schema.js';

/** One measurement of the JSON API. Statuses, flags and names are tolerant: fields were renamed before; id and dates are strict. */
export interface ApiMeasurement {
  readonly id: string;
  readonly start: Date;
  readonly stop: Date;
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

const moment = (z: Zod) =>
  z.string().transform((text, context) => {
    const date = parseIso(text);
    if (date !== undefined) return date;
    // Without the text itself: what a site sends may repeat a secret.
    context.addIssue({ code: 'custom', message: 'not a date' });
    return z.NEVER;
  });

export const measurementSchema = lazySchema<ApiMeasurement>((z) =>
  z.looseObject({ id: z.string().min(1), start: moment(z), stop: moment(z) }),
);

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
