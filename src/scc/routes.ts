import type { AncillaryType, KnownProduct, SccModule, SccProduct } from './types.js';

/** Paths below the base URL. Trailing slashes matter (Django redirects or fails without them). */
export const PATHS = {
  login: 'accounts/login/',
  logout: 'accounts/logout/',
  upload: 'data_processing/measurements/quick/',
  measurement: (id: string): string => `data_processing/measurements/${id}/`,
  product: (id: string, product: SccProduct): string =>
    `data_processing/measurements/${id}/download-${productEntry(product).path}/`,
  rerun: (id: string, step: 'elpp' | 'elda'): string => `data_processing/measurements/${id}/rerun-${step}/`,
  changelist: 'admin/database/measurements/',
  remove: (id: string): string => `admin/database/measurements/${id}/delete/`,
  lidarConstants: 'admin/database/lidarconstant/',
  apiMeasurement: (id: string): string => `api/v1/measurements/${id}/`,
  apiMeasurements: 'api/v1/measurements/',
  apiAncillary: (type: AncillaryType): string =>
    `api/v1/${type === 'sounding' ? 'sounding_files' : type === 'overlap' ? 'overlap_files' : 'lidarratio_files'}/`,
} as const;

/** How one product is found, gated and named. */
export interface ProductEntry {
  readonly path: string;
  /** Modules one of which must have ended well; ELDEC fills the optical archive of calibrations. */
  readonly gates: readonly SccModule[];
  readonly fileName: (id: string) => string;
}

export const PRODUCTS: Readonly<Record<KnownProduct, ProductEntry>> = {
  raw: { path: 'raw', gates: ['upload'], fileName: (id) => `${id}.nc` },
  hirelpp: { path: 'hirelpp', gates: ['hirelpp'], fileName: (id) => `hirelpp_${id}.zip` },
  cloudmask: { path: 'cloudmask', gates: ['cloudmask'], fileName: (id) => `cloudmask_${id}.zip` },
  elpp: { path: 'preprocessed', gates: ['elpp'], fileName: (id) => `preprocessed_${id}.zip` },
  optical: { path: 'optical', gates: ['elda', 'eldec'], fileName: (id) => `optical_${id}.zip` },
  plots: { path: 'plots', gates: ['elda'], fileName: (id) => `plots_${id}.zip` },
  elic: { path: 'elic', gates: ['elic'], fileName: (id) => `elic_${id}.zip` },
  elquick: { path: 'elquick', gates: ['elquick'], fileName: (id) => `elquick_${id}.zip` },
};

/** Whether a product is one of those that this package knows by itself. */
export function isKnownProduct(product: SccProduct): product is KnownProduct {
  return Object.hasOwn(PRODUCTS, product);
}

/** A product, known or of a newer chain. */
export function productEntry(product: SccProduct): ProductEntry {
  if (isKnownProduct(product)) return PRODUCTS[product];
  return { path: product, gates: [], fileName: (id) => `${product}_${id}.zip` };
}

/** All products, in the order of the chain. */
export const SCC_PRODUCTS = ['raw', 'hirelpp', 'cloudmask', 'elpp', 'optical', 'plots', 'elic', 'elquick'] as const;

/** All modules, in the order of the chain. */
export const SCC_MODULES = ['upload', 'hirelpp', 'cloudmask', 'elpp', 'elda', 'eldec', 'elic', 'elquick'] as const;

/** A value for each module. */
export function modules<T>(state: (module: SccModule) => T): Record<SccModule, T> {
  const [upload, hirelpp, cloudmask, elpp, elda, eldec, elic, elquick] = SCC_MODULES;
  return {
    upload: state(upload),
    hirelpp: state(hirelpp),
    cloudmask: state(cloudmask),
    elpp: state(elpp),
    elda: state(elda),
    eldec: state(eldec),
    elic: state(elic),
    elquick: state(elquick),
  };
}
