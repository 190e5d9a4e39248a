// A client in a process of its own: trust-program.ts <base URL> [proxy]; prints how a small call and a transfer went.
import { isSdcError } from '../../../src/errors.js';
import { makeTransport } from '../../support/transport.js';

const [baseUrl = '', proxy] = process.argv.slice(2);
const transport = makeTransport({ baseUrl, proxy: proxy ?? false });

async function outcome(bulk: boolean): Promise<unknown> {
  try {
    return (await transport.text({ op: { name: 'imap.query' }, url: 'file', bulk })).text;
  } catch (error) {
    return isSdcError(error) ? { code: error.code, retryable: error.retryable, message: error.message } : String(error);
  }
}

console.log(JSON.stringify([await outcome(false), await outcome(true)]));
transport.close();
