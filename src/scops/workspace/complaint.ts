const OPERATION = 'config';

/** What a check of orders says of a value in a config; `undefined` where the value passes. */
export async function complaintOf(check: (operation: string) => unknown): Promise<string | undefined> {
  try {
    await check(OPERATION);
    return undefined;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return error.message.replace(`${OPERATION}: `, '');
  }
}
