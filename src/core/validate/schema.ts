import type { ZodType } from 'zod';
import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import { lazy } from '../util/lazy.js';
import type { z } from './zod.js';

/** A shape of answers, built when it is first needed: zod is half of what loading this package would cost. */
export interface Schema<T> {
  /**
   * Checks a value.
   *
   * @throws {@link UnexpectedResponse} that names the JSON path of the misfit.
   */
  decode(value: unknown, context: DecodeContext): Promise<T>;
}

/** Whose answer is checked, and what it is in words: `the measurement`. */
export interface DecodeContext {
  readonly init: SdcErrorInit;
  readonly what: string;
}

export type Zod = typeof z;

/** Loaded before the first request of a room whose answers need it. */
export const zodLibrary = lazy(() => import('./zod.js'));

/** A schema that loads zod at its first use. */
export function lazySchema<T>(build: (zod: Zod) => ZodType<T>): Schema<T> {
  let built: ZodType<T> | undefined;
  return {
    decode: async (value, context) => {
      const { z } = await zodLibrary(context.init);
      built ??= build(z);
      const result = built.safeParse(value);
      if (result.success) return result.data;
      const [issue] = result.error.issues;
      const path = issue === undefined ? '' : jsonPath(issue.path);
      throw new UnexpectedResponse(
        `${context.what} has an unexpected shape: ${path}: ${issue?.message ?? 'misfit'}`,
        context.init,
      );
    },
  };
}

function jsonPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`),
    '$',
  );
}
