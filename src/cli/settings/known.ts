/** One thing that can be set. */
export interface Setting {
  /** `<centre>.<name>`: the name for `sdc config`, and the place in the own file. */
  readonly key: string;
  /** Environment variable. */
  readonly variable?: string;
  /** Option of the command line, in camel case. Passwords have none. */
  readonly option?: string;
  /** Where the file of `scc_access` holds it: key, and place within a pair. */
  readonly yaml?: readonly [key: string, at?: 0 | 1];
  readonly secret?: true;
  readonly text: string;
}

/** Everything that can be set, in the order of the guide. */
export const SETTINGS = [
  {
    key: 'scc.base_url',
    variable: 'SCC_BASE_URL',
    option: 'baseUrl',
    yaml: ['base_url'],
    text: 'where the SCC is; default https://scc.imaa.cnr.it/',
  },
  {
    key: 'scc.http_auth_user',
    variable: 'SCC_HTTP_AUTH_USER',
    yaml: ['basic_credentials', 0],
    text: 'user of the site login',
  },
  {
    key: 'scc.http_auth_password',
    variable: 'SCC_HTTP_AUTH_PASSWORD',
    yaml: ['basic_credentials', 1],
    secret: true,
    text: 'password of the site login',
  },
  {
    key: 'scc.username',
    variable: 'SCC_USERNAME',
    yaml: ['website_credentials', 0],
    text: 'user of the account',
  },
  {
    key: 'scc.password',
    variable: 'SCC_PASSWORD',
    yaml: ['website_credentials', 1],
    secret: true,
    text: 'password of the account',
  },
  {
    key: 'scc.output_dir',
    option: 'outputDir',
    yaml: ['output_dir'],
    text: 'where products go; default the current folder',
  },
  {
    key: 'imap.url',
    variable: 'IMAP_DATA_ACCESS_URL',
    option: 'url',
    text: 'where the Science Data Center is; default https://api.imap-mission.com',
  },
  { key: 'imap.data_dir', variable: 'IMAP_DATA_DIR', option: 'dataDir', text: 'where files go; default ./data' },
  { key: 'imap.api_key', variable: 'IMAP_API_KEY', option: 'apiKey', secret: true, text: 'API key' },
  { key: 'imap.access_token', variable: 'IMAP_ACCESS_TOKEN', secret: true, text: 'access token' },
  {
    key: 'imap.webpoda_token',
    variable: 'IMAP_WEBPODA_TOKEN',
    option: 'webpodaToken',
    secret: true,
    text: 'base64 of user:password for the packet service',
  },
  {
    key: 'imap.webpoda_url',
    variable: 'IMAP_WEBPODA_URL',
    option: 'webpodaUrl',
    text: 'where the packet service is',
  },
  {
    key: 'hmi.base_url',
    variable: 'HMI_BASE_URL',
    option: 'baseUrl',
    text: 'where the HMI service is; default http://localhost:8001, the tunnel',
  },
  {
    key: 'scops.base_url',
    variable: 'SCOPS_BASE_URL',
    option: 'baseUrl',
    text: 'where SCOPS is, including its path (/processor)',
  },
  {
    key: 'scops.project',
    variable: 'SCOPS_PROJECT',
    option: 'project',
    text: 'project code, which is also the user name',
  },
  { key: 'scops.password', variable: 'SCOPS_PASSWORD', secret: true, text: 'password of the project' },
] as const satisfies readonly Setting[];

/** Name of a setting. */
export type SettingKey = (typeof SETTINGS)[number]['key'];

/** The setting of a name; `undefined` where there is none. */
export function settingOf(key: string): (Setting & { readonly key: SettingKey }) | undefined {
  return SETTINGS.find((setting) => setting.key === key);
}
