import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import type { LostOrder } from '../types.js';

/**
 * SCOPS has stored the order, but did not tell its name, or could not write or mail it. Do not submit again:
 * {@link ScopsClient.findConfigName} finds the name.
 */
export class OrderStoredWithoutName extends UnexpectedResponse {
  static override readonly kind: string = 'OrderStoredWithoutName';
  /** What {@link ScopsClient.findConfigName} needs. */
  readonly order: LostOrder;
  /** The mark in the order. */
  readonly tag: string;
  constructor(message: string, init: SdcErrorInit & { readonly order: LostOrder; readonly tag: string }) {
    super(message, init);
    this.order = init.order;
    this.tag = init.tag;
  }
}
