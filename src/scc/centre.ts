import type { CredentialLayer } from '../errors.js';
import { namesOf } from '../core/util/records.js';

/** The name of the centre in errors, and what the names of its calls begin with. */
export const CENTRE = 'scc';

/** The environment variables of a client: its address, and the two logins. */
export const VARIABLES = {
  baseUrl: 'SCC_BASE_URL',
  httpAuthUser: 'SCC_HTTP_AUTH_USER',
  httpAuthPassword: 'SCC_HTTP_AUTH_PASSWORD',
  username: 'SCC_USERNAME',
  password: 'SCC_PASSWORD',
} as const;

/** The login that guards the whole site, and the one that opens the session. */
export const CREDENTIAL_LAYERS = { httpAuth: 'site', account: 'account' } as const satisfies Record<
  string,
  CredentialLayer
>;

/** The cookies of the site (Django). */
export const COOKIES = { session: 'sessionid', csrf: 'csrftoken' } as const;

/** Query parameters of the SCC that are worth reading in messages and never secret; all others are hidden. */
export const VISIBLE_PARAMETERS = [
  'all',
  'e',
  'end',
  'filename',
  'id__exact',
  'id__startswith',
  'limit',
  'offset',
  'p',
  'profile_start_time__gte',
  'profile_start_time__lt',
  'start',
  'start__gte',
  'start__lt',
  'station',
  'station_id',
] as const;

/** A module of the chain, and the fields of the JSON API that report it besides `<name>` and `<name>_exit_code`. */
export interface ModuleEntry {
  readonly name: string;
  /** Its name of the SCC v4 era. */
  readonly formerName?: string;
  readonly exitCodeField?: string;
}

const MODULES = [
  { name: 'upload', exitCodeField: 'interface_exit_code' },
  { name: 'hirelpp' },
  { name: 'cloudmask' },
  { name: 'elpp', formerName: 'pre_processing' },
  { name: 'elda', formerName: 'processing' },
  { name: 'eldec' },
  { name: 'elic' },
  { name: 'elquick' },
] as const satisfies readonly ModuleEntry[];

/** All modules, in the order of the chain. */
export const SCC_MODULES = namesOf(MODULES);

type Module = (typeof SCC_MODULES)[number];

/** A set of files: the names of its address and its archive, and what shows that it is there. */
export interface ProductEntry {
  readonly name: string;
  /** `<name>` of `download-<name>/`, and of the archive. */
  readonly path: string;
  /** Modules one of which must have succeeded; ELDEC fills the optical archive of calibrations. */
  readonly gates: readonly Module[];
}

const PRODUCTS = [
  { name: 'raw', path: 'raw', gates: ['upload'] },
  { name: 'hirelpp', path: 'hirelpp', gates: ['hirelpp'] },
  { name: 'cloudmask', path: 'cloudmask', gates: ['cloudmask'] },
  { name: 'elpp', path: 'preprocessed', gates: ['elpp'] },
  { name: 'optical', path: 'optical', gates: ['elda', 'eldec'] },
  { name: 'plots', path: 'plots', gates: ['elda'] },
  { name: 'elic', path: 'elic', gates: ['elic'] },
  { name: 'elquick', path: 'elquick', gates: ['elquick'] },
] as const satisfies readonly ProductEntry[];

/** All products, in the order of the chain. */
export const SCC_PRODUCTS = namesOf(PRODUCTS);

/** A product, known or of a newer chain, which calls its address and its archive by its name. */
export function productEntry(product: string): ProductEntry {
  return PRODUCTS.find(({ name }) => name === product) ?? { name: product, path: product, gates: [] };
}

interface StatusEntry {
  readonly status: 'ok' | 'error' | 'not-run' | 'running';
  readonly code: number;
  readonly icons: readonly string[];
}

/**
 * The states of a module: the number in the JSON API (SCC documentation), and what the icon of the admin's lists says in lower case;
 * before March 2021 `true`, and `false` for either of two.
 */
export const STATUSES: readonly StatusEntry[] = [
  { status: 'ok', code: 127, icons: ['ok', 'true'] },
  { status: 'error', code: -127, icons: ['error'] },
  { status: 'not-run', code: 0, icons: ['not executed'] },
  { status: 'running', code: 1, icons: [] },
];

/** A value for each module. */
export function modules<T>(valueOf: (module: Module, entry: ModuleEntry) => T): Record<Module, T>;
export function modules<T>(valueOf: (module: Module, entry: ModuleEntry) => T): Record<string, T> {
  return Object.fromEntries(MODULES.map((entry) => [entry.name, valueOf(entry.name, entry)]));
}

/** The files that accompany a measurement: what they are called in the API, in the form, in netCDF files and by the caller. */
export const ANCILLARIES = {
  sounding: {
    resource: 'sounding_files',
    field: 'sounding_file',
    attribute: 'Sounding_File_Name',
    option: 'soundingFile',
    title: 'radiosonde',
  },
  overlap: {
    resource: 'overlap_files',
    field: 'overlap_file',
    attribute: 'Overlap_File_Name',
    option: 'overlapFile',
    title: 'overlap file',
  },
  lidarratio: {
    resource: 'lidarratio_files',
    field: 'lidar_ratio_file',
    attribute: 'LR_File_Name',
    option: 'lidarRatioFile',
    title: 'lidar ratio file',
  },
} as const;

export const ANCILLARY_TYPES = keysOf(ANCILLARIES);

/** Global attributes of a measurement's file that the upload reads. */
export const ATTRIBUTES = {
  measurementId: 'Measurement_ID',
  /** Written by PollyXT-SCC-Pipelines. */
  systemId: 'X_PollyXTPipelines_Configuration_ID',
} as const;

/** Names of the documentation of PollyXT-SCC-Pipelines, by which people may call a station. */
export const STATION_CODES: Readonly<Record<string, string>> = {
  antikythera: 'aky',
  finokalia: 'fik',
  cabo_verde: 'cvo',
  mindelo: 'cvo',
  granada: 'gra',
  barcelona: 'brc',
  potenza: 'pot',
};

/** The action of the admin's list that begins the whole chain again. */
export const RERUN_ACTION = 'rerun_all';

/** Where the chain can begin again, and the link that does it; the whole chain is an action of the admin. */
export const RERUN_LINKS = { all: undefined, elpp: 'rerun-elpp', optical: 'rerun-elda' } as const;

export const RERUN_STEPS = keysOf(RERUN_LINKS);

function keysOf<T extends object>(table: T): readonly (keyof T & string)[];
function keysOf(table: object): readonly string[] {
  return Object.keys(table);
}
