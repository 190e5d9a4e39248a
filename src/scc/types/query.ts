import type { DateLike } from '../../types.js';

/** A search by date. */
export interface DateQuery {
  /** Start, inclusive. */
  readonly dateStart: DateLike;
  /** End, exclusive. */
  readonly dateEnd: DateLike;
  /** Station code of three letters; default: all stations. */
  readonly station?: string;
}

/** A search of the JSON API by id. */
export interface IdQuery {
  /** The whole id. */
  readonly idExact?: string;
  /** The beginning of the id: `20210601`, `20210601aky`. */
  readonly idStartsWith?: string;
}
