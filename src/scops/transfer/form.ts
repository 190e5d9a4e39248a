import type { Delivery } from '../../core/operation/delivery.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import { multipartBody, type MultipartPart } from '../../core/transfer/multipart.js';
import type { SubmitOptions } from '../types.js';
import type { ScopsOperation } from '../context.js';
import type { Route } from '../routes.js';

interface FormOptions {
  readonly delivery: Delivery;
  readonly mapError: NonNullable<OwnRequest['mapError']>;
  readonly onProgress?: SubmitOptions['onProgress'] | undefined;
  /** Name in progress reports; default: that of the first file. */
  readonly name?: string;
}

/** The request that sends a form to the service: once, and its redirect is not followed. */
export async function formRequest(
  op: ScopsOperation,
  route: Route,
  parts: readonly MultipartPart[],
  { delivery, mapError, onProgress, name }: FormOptions,
): Promise<OwnRequest> {
  const body = await multipartBody(op.arguments, parts, onProgress, { name });
  return { method: 'POST', ...route, body, bulk: true, redirect: 'manual', delivery, mapError };
}
