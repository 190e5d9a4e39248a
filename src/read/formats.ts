import { lazy, type Lazy } from '../core/util/lazy.js';
import type { ByteSource } from './source/byte-source.js';
import type { DataFile, DataFormat } from './types.js';

/** Where the bytes of a file come from, and what every reader needs besides. */
export interface Opening {
  readonly source: ByteSource;
  /** The place of the file on the disk; `undefined` for bytes in memory. */
  readonly path: string | undefined;
  readonly signal: AbortSignal | undefined;
}

interface Format {
  /** As it is called in messages. */
  readonly name: string;
  /** Endings of names that promise this format. */
  readonly endings: readonly string[];
  /** Loads the reader at its first use. */
  readonly opener: Lazy<(opening: Opening) => Promise<DataFile>>;
}

/** The formats; nothing of a reader is loaded before a file of its format is opened. */
export const FORMATS: Readonly<Record<DataFormat, Format>> = {
  netcdf3: {
    name: 'netCDF file',
    endings: ['nc', 'netcdf'],
    opener: lazy(async () => {
      const { openNetcdf3 } = await import('./netcdf3/open.js');
      return ({ source }) => openNetcdf3(source);
    }),
  },
  netcdf4: {
    name: 'netCDF-4 file',
    endings: ['nc4', 'h5', 'he5', 'hdf5'],
    opener: lazy(async () => {
      const { openNetcdf4 } = await import('./netcdf4/open.js');
      return ({ source }) => openNetcdf4(source);
    }),
  },
  cdf: {
    name: 'CDF file',
    endings: ['cdf'],
    opener: lazy(async () => {
      const { openCdf } = await import('./cdf/open-cdf.js');
      return ({ source }) => openCdf(source);
    }),
  },
  fits: {
    name: 'FITS file',
    endings: ['fits', 'fit', 'fts'],
    opener: lazy(async () => {
      const { openFits } = await import('./fits/open.js');
      return ({ source }) => openFits(source);
    }),
  },
  envi: {
    name: 'header of an ENVI cube',
    endings: ['hdr'],
    opener: lazy(async () => {
      const { openEnvi } = await import('./envi/open-envi.js');
      return ({ source, path, signal }) => openEnvi(source, path, signal);
    }),
  },
  ccsds: {
    name: 'file of CCSDS packets',
    endings: ['pkts', 'ccsds', 'bin'],
    opener: lazy(async () => {
      const { openCcsds } = await import('./ccsds/open-ccsds.js');
      return ({ source }) => openCcsds(source);
    }),
  },
};
