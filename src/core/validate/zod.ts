import { array, boolean, config, looseObject, NEVER, number, object, record, string, union, unknown } from 'zod';
import { en } from 'zod/locales';

// Without a language zod says no more than "Invalid input".
config(en());

/** As much of zod as is used here: what ships holds this part of it only. */
export const z = { array, boolean, looseObject, NEVER, number, object, record, string, union, unknown };
