import { ANCILLARIES, productEntry, RERUN_LINKS } from './centre.js';
import type { AncillaryType, RerunStep, SccProduct } from './types.js';

/** Every address of the SCC, below its base URL. Trailing slashes matter (Django redirects or fails without them). */

export const BASE_URL = 'https://scc.imaa.cnr.it/';
/** Where the exit codes of the modules are explained. */
export const DOCUMENTATION = 'https://docs.scc.imaa.cnr.it/';

export const LOGIN_ROUTE = 'accounts/login/';
export const LOGOUT_ROUTE = 'accounts/logout/';
export const UPLOAD_ROUTE = 'data_processing/measurements/quick/';
export const MEASUREMENTS_ADMIN_ROUTE = 'admin/database/measurements/';
export const LIDAR_CONSTANTS_ADMIN_ROUTE = 'admin/database/lidarconstant/';
export const API_MEASUREMENTS_ROUTE = 'api/v1/measurements/';

export function measurementRoute(id: string): string {
  return `data_processing/measurements/${id}/`;
}

export function productRoute(id: string, product: SccProduct): string {
  return `${measurementRoute(id)}download-${productEntry(product).path}/`;
}

/** The link that starts the chain again from a step; the whole chain is an action of the admin. */
export function rerunRoute(id: string, step: Exclude<RerunStep, 'all'>): string {
  return `${measurementRoute(id)}${RERUN_LINKS[step]}/`;
}

export function deleteRoute(id: string): string {
  return `${MEASUREMENTS_ADMIN_ROUTE}${id}/delete/`;
}

export function apiMeasurementRoute(id: string): string {
  return `${API_MEASUREMENTS_ROUTE}${id}/`;
}

export function apiAncillaryRoute(type: AncillaryType): string {
  return `api/v1/${ANCILLARIES[type].resource}/`;
}
