import { Arguments } from '../../../core/operation/arguments.js';

/** What a check of orders says of a value in a config; `undefined` where the value passes. */
export async function complaintOf(check: (args: Arguments) => unknown): Promise<string | undefined> {
  const args = new Arguments('config');
  try {
    await check(args);
    return undefined;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return error.message.replace(args.label(''), '');
  }
}
