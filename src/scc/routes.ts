import { ANCILLARIES, productEntry, RERUN_LINKS } from './centre.js';
import type { AncillaryType, RerunStep, SccProduct } from './types.js';

/** Addresses below the base URL. Trailing slashes matter (Django redirects or fails without them). */
export const ROUTES = {
  login: 'accounts/login/',
  logout: 'accounts/logout/',
  upload: 'data_processing/measurements/quick/',
  measurement: (id: string): string => `data_processing/measurements/${id}/`,
  product: (id: string, product: SccProduct): string =>
    `data_processing/measurements/${id}/download-${productEntry(product).path}/`,
  rerun: (id: string, step: Exclude<RerunStep, 'all'>): string =>
    `data_processing/measurements/${id}/${RERUN_LINKS[step]}/`,
  changelist: 'admin/database/measurements/',
  remove: (id: string): string => `admin/database/measurements/${id}/delete/`,
  lidarConstants: 'admin/database/lidarconstant/',
  apiMeasurement: (id: string): string => `api/v1/measurements/${id}/`,
  apiMeasurements: 'api/v1/measurements/',
  apiAncillary: (type: AncillaryType): string => `api/v1/${ANCILLARIES[type].resource}/`,
} as const;
