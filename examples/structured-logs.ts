// What a client does, as lines of JSON, without secrets.
import { ImapClient, type Logger } from '@lab/sdc';

const line =
  (level: string) =>
  (message: string, fields?: Record<string, unknown>): void =>
    console.log(JSON.stringify({ level, message, ...fields }));
const logger: Logger = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };

await using imap = new ImapClient({ logger });
await imap.query({ instrument: 'swe', dataLevel: 'l2' });
