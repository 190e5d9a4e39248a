/** Kinds of files that accompany a measurement. */
export type AncillaryType = 'sounding' | 'overlap' | 'lidarratio';

/** An ancillary file that the SCC knows of. */
export interface AncillaryFile {
  /** The SCC's own id of the file. */
  readonly id: string;
  /** Its name, without folders. */
  readonly filename: string;
  /** Which kind it is. */
  readonly type: AncillaryType;
  /** The SCC's own word; `missing`: a measurement refers to the file, but it was never uploaded. */
  readonly status?: string;
  /** Whether the SCC has the file: false for `missing`. */
  readonly exists: boolean;
}
