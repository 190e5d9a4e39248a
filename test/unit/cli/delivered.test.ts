import { expect, it } from 'vitest';
import { exitCodeOf } from '../../../src/cli/command/exit-codes.js';
import { wordsOf } from '../../../src/cli/command/messages.js';
import {
  NetworkError,
  RateLimited,
  RejectedError,
  TimeoutError,
  TransferError,
  WaitTimeout,
} from '../../../src/errors.js';

const init = { centre: 'imap', operation: 'imap.reprocess' } as const;
const lost = { ...init, delivered: 'maybe', retryable: false } as const;

it.each<[string, Error, number]>([
  ['no answer', new NetworkError('x', init), 75],
  ['nothing sent', new NetworkError('x', { ...init, delivered: 'no' }), 75],
  ['a lost answer', new NetworkError('x', lost), 1],
  ['a lost answer that may be repeated', new NetworkError('x', { ...init, delivered: 'maybe' }), 1],
  ['a late answer', new TimeoutError('x', lost), 1],
  ['an overloaded server that may have taken it', new RateLimited('x', lost), 1],
  ['a wait that ended after an order', new WaitTimeout('x', { ...lost, state: undefined }), 1],
  ['a wait', new WaitTimeout('x', { ...init, state: undefined }), 75],
  ['an untrusted certificate', new NetworkError('x', { ...init, retryable: false }), 1],
  ['a full disk', new TransferError('x', init), 1],
  ['a refusal', new RejectedError('x', { ...init, delivered: 'no' }), 5],
])('%s ends the command with its code', (_, error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

it('what may have been taken is said, once', () => {
  expect(wordsOf(new NetworkError('lost', lost))).toBe(
    'imap.reprocess: lost; it may have been taken; look before you repeat',
  );
  const told = new NetworkError('it may have been taken; look before you repeat', lost);
  expect(wordsOf(told).match(/may have been taken/gu)).toHaveLength(1);
  expect(wordsOf(new NetworkError('lost', init))).toBe('imap.reprocess: lost');
});
