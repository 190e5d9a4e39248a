import type { SdcError } from '../../errors.js';
import type { DateLike, DownloadedFile, DownloadOptions } from '../../types.js';
import type { Instrument } from '../centre.js';
import type { PacketWindow } from './windows.js';

/** Which days of packets to fetch. */
export interface DailyPacketQuery {
  /** Short name such as `swe`: any of {@link INSTRUMENTS} but `l1const`, which sends no packets. */
  readonly instrument: Instrument | (string & {});
  /** By earth-received time: inclusive. By spacecraft time: its day (UTC) is the first one. */
  readonly startTime: DateLike;
  /** By earth-received time: exclusive, and a string with a day alone means that whole day. By spacecraft time: its day is the last one. */
  readonly endTime: DateLike;
  /**
   * `ert` (default): the days of all packets that the ground received in the span. `sct`: every day of the span, by the
   * spacecraft clock.
   */
  readonly by?: 'ert' | 'sct';
  /** Also upload each file to the Science Data Center. Default false. */
  readonly upload?: boolean;
}

/** Which pointings of packets to fetch. */
export interface RepointingPacketQuery {
  /** Short name such as `lo`: any of {@link INSTRUMENTS} but `l1const`, which sends no packets. */
  readonly instrument: Instrument | (string & {});
  /** Earth-received time, inclusive. */
  readonly startTime: DateLike;
  /** Exclusive; a string with a day alone means that whole day. */
  readonly endTime: DateLike;
  /** A local repoint table (CSV). */
  readonly repointingFile: string | URL;
  /** Also upload each file to the Science Data Center. Default false. */
  readonly upload?: boolean;
}

/** Options of packet downloads. `concurrency` counts the packet kinds that are fetched at a time. */
export interface PacketOptions extends DownloadOptions {
  /**
   * `time` (default): packets in the order of the spacecraft's clock, each once. `service`: as the packet service sends
   * them, kind after kind, byte for byte like the Python tool.
   */
  readonly order?: 'time' | 'service';
}

/** What one file of packets holds. */
export interface PacketSource extends PacketWindow {
  /** Short name of the instrument that sent the packets, such as `swe`. */
  readonly instrument: string;
}

/** A file of packets, `imap_<instrument>_l0_raw_<day>[-repointNNNNN]_v001.NNNN.pkts`. */
export interface PacketFile extends DownloadedFile<PacketSource> {
  /** Whether it was uploaded; absent where that was not asked for. A file that was there already (`skipped`) is not. */
  readonly uploaded?: boolean;
  /** Why its upload failed. The file stays, and the other days go on. */
  readonly uploadError?: SdcError;
}
