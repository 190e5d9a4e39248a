/** The name of the centre in errors, and what the names of its calls begin with. */
export const CENTRE = 'hmi';

/** The environment variables of a client. */
export const VARIABLES = { baseUrl: 'HMI_BASE_URL' } as const;

/** Where a client looks for the service by default: the tunnel of the tutorial. */
export const DEFAULT_BASE_URL = 'http://localhost:8001';

/** The service has no login: user and password can only be those of a site login in front of the service. */
export const CREDENTIAL_LAYER = 'site';

/** The names under which the project's own documents reach the service. */
export const PROJECT_ORIGINS: readonly string[] = [
  'http://cluster-r730-1:8001',
  'http://localhost:8001',
  'http://hmi:8001',
];

/** How files are named without a function of the caller: a name that no other file has, or the server's own. */
export const FILE_NAMES = ['unique', 'server'] as const;

/** Query parameters that are worth reading in messages and never secret; all others are hidden. */
export const VISIBLE_PARAMETERS = ['end', 'fields', 'format', 'limit', 'meta', 'offset', 'start'] as const;
