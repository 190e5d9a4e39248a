// What a short snippet may take for granted: clients that are logged in, and a signal.
import type { HmiClient, ImapClient, ScopsClient, SCC } from '@lab/sdc';

declare global {
  const scc: SCC;
  const imap: ImapClient;
  const hmi: HmiClient;
  const scops: ScopsClient;
  const signal: AbortSignal;
}
