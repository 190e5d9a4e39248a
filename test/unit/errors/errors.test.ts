import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import * as errors from '../../../src/errors.js';
import { tempDir } from '../../support/temp-dir.js';

const init = { centre: 'scc', operation: 'scc.uploadFile' } as const;
type Made = readonly [name: string, code: string, parents: string[], error: errors.SdcError];

const all: Made[] = [
  ['ConfigError', 'config', [], new errors.ConfigError('x', init)],
  ['WrongCredentials', 'credentials', [], new errors.WrongCredentials('x', { ...init, layer: 'site' })],
  ['Forbidden', 'forbidden', [], new errors.Forbidden('x', init)],
  ['SessionExpired', 'session-expired', [], new errors.SessionExpired('x', init)],
  ['NotFoundError', 'not-found', [], new errors.NotFoundError('x', init)],
  [
    'MeasurementNotFound',
    'not-found',
    ['NotFoundError'],
    new errors.MeasurementNotFound('x', { ...init, measurementId: 'm' }),
  ],
  ['RemoteFileNotFound', 'not-found', ['NotFoundError'], new errors.RemoteFileNotFound('x', { ...init, file: 'f' })],
  ['JobNotFound', 'not-found', ['NotFoundError'], new errors.JobNotFound('x', { ...init, jobId: 'j' })],
  ['FlightNotFound', 'not-found', ['NotFoundError'], new errors.FlightNotFound('x', init)],
  ['ProductNotAvailable', 'not-available', [], new errors.ProductNotAvailable('x', init)],
  ['RejectedError', 'rejected', [], new errors.RejectedError('x', { ...init, messages: ['no'] })],
  ['SCCError', 'rejected', ['RejectedError'], new errors.SCCError('x', { ...init, messages: ['no'] })],
  ['AlreadyExists', 'exists', ['RejectedError'], new errors.AlreadyExists('x', init)],
  ['RateLimited', 'rate-limited', [], new errors.RateLimited('x', { ...init, retryAfterMs: 5 })],
  ['PageNotAccessible', 'server', [], new errors.PageNotAccessible('x', { ...init, status: 500, url: 'https://a/' })],
  ['NetworkError', 'network', [], new errors.NetworkError('x', init)],
  ['TimeoutError', 'timeout', [], new errors.TimeoutError('x', init)],
  ['UnexpectedResponse', 'unexpected-response', [], new errors.UnexpectedResponse('x', init)],
  ['TransferError', 'transfer', [], new errors.TransferError('x', { ...init, expected: 1, actual: 2, partPath: 'p' })],
  ['ProcessingFailed', 'job-failed', [], new errors.ProcessingFailed('x', { ...init, state: { s: 1 } })],
  ['WaitTimeout', 'wait-timeout', [], new errors.WaitTimeout('x', { ...init, state: undefined })],
];

function classOf(module: object, name: string): new (...given: never[]) => Error {
  return Reflect.get(module, name) as new (...given: never[]) => Error;
}

describe.each(all)('%s', (name, code, parents, error) => {
  test('has its code, its name, and the operation before its message', () => {
    expect(error).toMatchObject({ name, code, centre: 'scc', operation: 'scc.uploadFile', attempts: 1 });
    expect(error.message).toBe('scc.uploadFile: x');
    expect(String(error.stack)).toContain('scc.uploadFile: x');
    expect(errors.isSdcError(error)).toBe(true);
    expect(errors.isSdcError(error, code as errors.SdcErrorCode)).toBe(true);
    expect(errors.isSdcError(error, code === 'closed' ? 'config' : 'closed')).toBe(false);
  });

  test('is an instance of its parents and of nothing else, in every copy of the package', async () => {
    for (const copy of [errors, ...(await copies())]) {
      expect(error).toBeInstanceOf(classOf(copy, 'SdcError'));
      for (const [other] of all) {
        expect(error instanceof classOf(copy, other)).toBe(other === name || parents.includes(other));
      }
      expect((Reflect.get(copy, 'isSdcError') as typeof errors.isSdcError)(error, error.code)).toBe(true);
    }
  });

  test('tells its fields, and no more, in JSON and inspect', () => {
    const json = JSON.parse(JSON.stringify(error)) as Record<string, unknown>;
    expect(json).toMatchObject({ name, message: error.message, code });
    expect(Object.keys(json)).not.toContain('stack');
    expect(inspect(error)).toContain(`code: '${code}'`);
  });
});

let built: Promise<readonly object[]> | undefined;
/** The same classes twice more, as ES modules and as CommonJS. */
function copies(): Promise<readonly object[]> {
  built ??= (async () => {
    const folder = tempDir();
    const entryPoints = [fileURLToPath(new URL('../../../src/errors.ts', import.meta.url))];
    const [esm, cjs] = [join(folder, 'errors.mjs'), join(folder, 'errors.cjs')];
    await build({ entryPoints, bundle: true, target: 'node20', format: 'esm', outfile: esm });
    await build({ entryPoints, bundle: true, target: 'node20', format: 'cjs', outfile: cjs });
    const made = [(await import(pathToFileURL(esm).href)) as object, createRequire(import.meta.url)(cjs) as object];
    for (const copy of made) expect(classOf(copy, 'SdcError')).not.toBe(errors.SdcError);
    return made;
  })();
  return built;
}

describe('an SdcError', () => {
  test('carries what was given and only that', () => {
    const full = new errors.Forbidden('x', {
      ...init,
      retryable: true,
      attempts: 3,
      status: 403,
      requestId: 'r',
      url: 'u',
      bodyExcerpt: 'b'.repeat(900),
      cause: new Error('why'),
    });
    expect(full).toMatchObject({ retryable: true, attempts: 3, status: 403, requestId: 'r', url: 'u' });
    expect(full.bodyExcerpt).toHaveLength(500);
    expect(full.toJSON().cause).toBe('Error: why');
    expect(Object.keys(new errors.Forbidden('x', init)).sort()).toEqual([
      'attempts',
      'centre',
      'code',
      'operation',
      'retryable',
    ]);
  });

  test('of the net and of waiting may pass, of input may not', () => {
    const retryable = all.filter(([, , , error]) => error.retryable).map(([name]) => name);
    expect(retryable).toEqual(['RateLimited', 'NetworkError', 'TimeoutError', 'WaitTimeout']);
  });

  test('a closed client is a ConfigError of its own code', () => {
    expect(new errors.ConfigError('x', { ...init, code: 'closed' }).code).toBe('closed');
  });

  test.each([undefined, null, 0, 'SdcError', {}, new Error('x'), new TypeError('x'), { code: 'network' }])(
    'is not %o',
    (value) => {
      expect(errors.isSdcError(value)).toBe(false);
      expect(value instanceof errors.NetworkError).toBe(false);
    },
  );

  test('subclasses of a user keep to themselves', () => {
    class Own extends errors.NotFoundError {}
    const own = new Own('x', init);
    expect(own).toBeInstanceOf(Own);
    expect(own).toBeInstanceOf(errors.NotFoundError);
    expect(new errors.NotFoundError('x', init)).not.toBeInstanceOf(Own);
  });
});
