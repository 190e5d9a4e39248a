import type { ScopsClient } from '../../scops/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import { UsageError } from '../command/usage-error.js';

/** Works with SCOPS, with what is set. */
export async function withScops<T>(context: Context, work: (scops: ScopsClient) => Promise<T>): Promise<T> {
  const password = context.settings.get('scops.password');
  if (password === undefined)
    throw new UsageError('SCOPS needs a login: run "sdc scops login", or set SCOPS_PROJECT and SCOPS_PASSWORD');
  const scops = await openScops(context, password);
  try {
    return await work(scops);
  } finally {
    await scops.close();
  }
}

/** A client with a password. */
export async function openScops(
  { settings, input, client }: Context,
  password: string,
  project = settings.get('scops.project'),
): Promise<ScopsClient> {
  const { ScopsClient: Client } = await import('../../scops/index.js');
  return new Client({
    ...client,
    password,
    allowInsecure: input.flag('allowInsecure'),
    ...defined({
      baseUrl: settings.get('scops.base_url'),
      project,
      serverTimeZone: input.text('serverTimeZone'),
    }),
  });
}

/** A processing id as it is, or out of a link or a saved mail that names it. */
export async function processingIdOf(text: string): Promise<string> {
  if (!text.includes('/')) return text;
  const { parseScopsMail } = await import('../../scops/index.js');
  const { processingId } = parseScopsMail(text);
  if (processingId !== undefined) return processingId;
  throw new UsageError('this link confirms an order; the processing id is in later mails');
}

/** A config name as it is, or out of the link of the first mail. */
export async function configNameOf(text: string): Promise<string> {
  if (!text.includes('/')) return text;
  const { parseScopsMail } = await import('../../scops/index.js');
  const { configName } = parseScopsMail(text);
  if (configName !== undefined) return configName;
  throw new UsageError('this link is from a later mail; the link that confirms an order contains /confirm/');
}
