import type { CommandSpec } from '../command/spec.js';
import { UsageError } from '../command/usage-error.js';
import type { SettingKey } from '../settings/known.js';
import { changeOwnFile } from '../settings/own-file.js';

/** `sdc imap login`. */
export const login: CommandSpec = {
  name: 'login',
  summary: 'ask for the API key and the packet token, test the key, and save both',
  details:
    'Leave an answer empty to keep the current value. Nothing is shown while you type, and only you can read the file.',
  examples: [['sdc imap login', 'set up this machine']],
  run: async (context) => {
    const { prompter, settings, signal, client } = context;
    const apiKey = await prompter.ask('API key (empty: keep the current one)', { hidden: true, fallback: '' });
    const webpodaToken = await prompter.ask('Packet service token (empty: keep the current one)', {
      hidden: true,
      fallback: '',
    });
    if (apiKey === '' && webpodaToken === '') throw new UsageError('nothing was entered, so nothing was changed');
    const { ImapClient } = await import('../../imap/index.js');
    const url = settings.find('imap.url');
    const imap = new ImapClient({
      ...client,
      ...(url !== undefined && { baseUrl: url.value }),
      ...(apiKey !== '' && { apiKey }),
      ...(webpodaToken !== '' && { webpodaToken }),
    });
    try {
      if (apiKey !== '')
        await imap.query({ instrument: 'mag', startDate: '20251001', endDate: '20251001' }, { signal });
    } finally {
      await imap.close();
    }
    const changes = new Map<SettingKey, string>();
    if (apiKey !== '') changes.set('imap.api_key', apiKey);
    if (webpodaToken !== '') changes.set('imap.webpoda_token', webpodaToken);
    if (url?.source === 'option') changes.set('imap.url', url.value);
    const path = await changeOwnFile(changes);
    const words = apiKey === '' ? 'token saved untested' : 'the API key works';
    await context.result(`${words}; saved to ${path}`, { status: 'saved', path });
  },
};
