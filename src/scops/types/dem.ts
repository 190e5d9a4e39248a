import type { CallOptions, DownloadOptions } from '../../types.js';

/** Your own elevation model: one band, ENVI BIL or BSQ, WGS84 latitude and longitude, covering all lines. */
export interface DemFile {
  /** The local file with the heights, in metres above the WGS84 spheroid: a path or a `file:` URL. Not empty. */
  readonly file: string | URL;
  /** The ENVI header; default: the `.hdr` next to the file. Without one, the DEM is refused. */
  readonly header?: string | URL;
}

/** What the DEM error page says about an order. */
export interface DemError {
  /** The order in question. */
  readonly processingId: string;
  /** The server's words; they are the same for every order. */
  readonly reason: string;
  /** What to do about it, and what not to do. */
  readonly advice: string;
}

/** Options of {@link ScopsClient.reuploadDem}. */
export interface ReuploadDemOptions extends CallOptions {
  /** Send a second DEM for an order for which this client has already sent one. Default false. */
  readonly again?: boolean;
  /** Called while the DEM is sent, with the bytes sent so far. */
  readonly onProgress?: DownloadOptions['onProgress'];
}
