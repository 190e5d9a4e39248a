import type { ImapClient } from '../../imap/index.js';
import { directoryAccess } from '../../core/files/directory.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import { UsageError } from '../command/usage-error.js';

/** Works with the IMAP Science Data Center, with what is set. */
export async function withImap<T>(context: Context, work: (imap: ImapClient) => Promise<T>): Promise<T> {
  const { settings, client } = context;
  const { ImapClient: Client } = await import('../../imap/index.js');
  const dataDir = settings.find('imap.data_dir');
  if (dataDir?.source === 'option' && /^(?:missing|not-a-directory)$/u.test(directoryAccess(dataDir.value)))
    throw new UsageError(`Data directory ${dataDir.value} does not exist`);
  const imap = new Client({
    ...client,
    ...defined({
      baseUrl: settings.get('imap.url'),
      dataDir: dataDir?.value,
      apiKey: apiKeyOf(context),
      accessToken: settings.get('imap.access_token'),
      webpodaToken: settings.get('imap.webpoda_token'),
      webpodaUrl: settings.get('imap.webpoda_url'),
    }),
  });
  try {
    return await work(imap);
  } finally {
    await imap.close();
  }
}

/** Says so where the client has neither key nor token: a part of the files reads like all of them, just as none does. */
export function noteReleasedOnly(context: Context): void {
  if ((apiKeyOf(context) ?? '') === '' && (context.settings.get('imap.access_token') ?? '') === '')
    context.note('without a key only released files are shown; see sdc imap login, or set IMAP_API_KEY');
}

/** A key wins over a token, but a key from a file does not win over a token of the environment. */
function apiKeyOf({ settings }: Context): string | undefined {
  const found = settings.find('imap.api_key');
  const hidden = found?.source === 'settings file' && settings.find('imap.access_token')?.source === 'environment';
  return hidden ? undefined : found?.value;
}
