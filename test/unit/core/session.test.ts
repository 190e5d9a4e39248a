import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Lifetime } from '../../../src/core/session/lifetime.js';
import { Session, SessionLost } from '../../../src/core/session/session.js';
import { ClientCookies } from '../../../src/core/session/jar.js';
import { Redactor } from '../../../src/core/redact/redactor.js';
import { ConfigError, SessionExpired } from '../../../src/errors.js';

const call = { name: 'scc.getMeasurement' };
const init = { centre: 'scc', operation: call.name } as const;
const gate = () => {
  let open: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (open = resolve));
  return { closed, open };
};

describe('a session', () => {
  test('is opened once for ten calls at a time, and not again', async () => {
    let logins = 0;
    const door = gate();
    const session = new Session(new Lifetime('scc'), async () => {
      logins += 1;
      await door.closed;
    });
    const calls = Array.from({ length: 10 }, (_, at) => session.run(async () => at, call, { init, repeatable: true }));
    door.open();
    expect(await Promise.all(calls)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await session.run(async () => 0, call, { init, repeatable: true });
    expect(logins).toBe(1);
  });

  test('an abort of one caller ends its wait with its reason, not the login of the others', async () => {
    const door = gate();
    let aborted = false;
    const session = new Session(new Lifetime('scc'), async (signal) => {
      signal.addEventListener('abort', () => (aborted = true));
      await door.closed;
    });
    const controller = new AbortController();
    const { signal } = controller;
    const one = session.run(async () => 'one', { ...call, signal }, { init, repeatable: true });
    const other = session.run(async () => 'other', call, { init, repeatable: true });
    const reason = { not: 'an error' };
    controller.abort(reason);
    await expect(one).rejects.toBe(reason);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    door.open();
    expect(await other).toBe('other');
    expect(aborted).toBe(false);
  });

  test('a failed login fails all who wait, and the next call tries again', async () => {
    let logins = 0;
    const failure = new Error('no');
    const session = new Session(new Lifetime('scc'), async () => {
      logins += 1;
      if (logins === 1) throw failure;
    });
    const calls = Array.from({ length: 5 }, () => session.run(async () => 1, call, { init, repeatable: true }));
    for (const call of await Promise.allSettled(calls)) expect(call).toEqual({ status: 'rejected', reason: failure });
    expect(session.isOpen).toBe(false);
    expect(await session.run(async () => 1, call, { init, repeatable: true })).toBe(1);
    expect(logins).toBe(2);
  });

  test('lost by ten calls at a time is renewed once, and their work repeated', async () => {
    let logins = 0;
    const session = new Session(new Lifetime('scc'), async () => void (logins += 1));
    await session.ensure();
    const works = Array.from({ length: 10 }, () => {
      let times = 0;
      return session.run(
        async () => {
          times += 1;
          await Promise.resolve();
          if (times === 1) throw new SessionLost();
          return times;
        },
        call,
        { init, repeatable: true },
      );
    });
    expect(await Promise.all(works)).toEqual(Array(10).fill(2));
    expect(logins).toBe(2);
  });

  test('that a new login does not help is SessionExpired', async () => {
    let logins = 0;
    const session = new Session(new Lifetime('scc'), async () => void (logins += 1));
    const lost = session.run(() => Promise.reject(new SessionLost()), call, { init, repeatable: true });
    await expect(lost).rejects.toBeInstanceOf(SessionExpired);
    expect(logins).toBe(2);
  });

  test('lost by work that must not be repeated is SessionExpired at once; the next call logs in', async () => {
    let logins = 0;
    let works = 0;
    const session = new Session(new Lifetime('scc'), async () => void (logins += 1));
    const lost = session.run(
      async () => {
        works += 1;
        throw new SessionLost();
      },
      call,
      { init, repeatable: false },
    );
    await expect(lost).rejects.toMatchObject({ code: 'session-expired', retryable: true });
    expect([logins, works]).toEqual([1, 1]);
    await session.run(async () => 1, call, { init, repeatable: false });
    expect(logins).toBe(2);
  });

  test('other failures pass, also in the second try', async () => {
    const session = new Session(new Lifetime('scc'), async () => undefined);
    const failure = new TypeError('x');
    await expect(session.run(() => Promise.reject(failure), call, { init, repeatable: true })).rejects.toBe(failure);
    let times = 0;
    const second = session.run(
      async () => {
        times += 1;
        throw times === 1 ? new SessionLost() : failure;
      },
      call,
      { init, repeatable: true },
    );
    await expect(second).rejects.toBe(failure);
  });

  test('ends, renews and settles', async () => {
    let logins = 0;
    const door = gate();
    const session = new Session(new Lifetime('scc'), async () => {
      logins += 1;
      await door.closed;
      if (logins === 2) throw new Error('no');
    });
    void session.renew();
    let settled = false;
    const waiting = session.settled().then(() => (settled = true));
    await Promise.resolve();
    expect(settled).toBe(false);
    door.open();
    await waiting;
    expect(session.isOpen).toBe(true);
    await expect(session.renew()).rejects.toThrow('no');
    await session.settled();
    session.end();
    expect(session.isOpen).toBe(false);
  });
});

describe('the life of a client', () => {
  test('ends once; calls are refused with the operation that was tried', () => {
    const life = new Lifetime('imap');
    life.assertOpen({ name: 'imap.query' });
    life.close();
    expect([life.closed, life.signal.aborted]).toEqual([true, false]);
    life.end();
    const { reason } = life.signal as { reason: unknown };
    life.end();
    expect(life.signal.reason).toBe(reason);
    expect(reason).toBeInstanceOf(ConfigError);
    expect(() => life.assertOpen({ name: 'imap.query' })).toThrow(/^imap\.query: the client was closed/u);
  });
});

describe('the cookies of a client', () => {
  const jar = async (answers: Record<string, string[]>) => {
    const redactor = new Redactor();
    const cookies = new ClientCookies(redactor, { centre: 'scc', operation: 'scc.login' });
    const sent: [string, string | undefined][] = [];
    const wire = await cookies.wrap(async (url, request) => {
      sent.push([url, request?.headers.cookie]);
      const headers = new Headers();
      for (const cookie of answers[new URL(url).pathname] ?? []) headers.append('set-cookie', cookie);
      return { status: 302, url, headers: new Headers([...headers, ['location', '/elsewhere']]), body: null };
    });
    const request = {
      method: 'GET',
      headers: { accept: '*/*' },
      signal: new AbortController().signal,
      redirect: 'manual',
    } as const;
    return { cookies, redactor, sent, get: (url: string) => wire(url, request) };
  };

  test('are kept, rotated, kept to their path and host, and redirects are left alone (trap 1)', async () => {
    const { cookies, sent, get, redactor } = await jar({
      '/login': ['sid=first-value; HttpOnly', 'csrftoken=abcdef', 'deep=only-there; Path=/deep'],
      '/rotate': ['sid=second-value'],
    });
    const answer = await get('https://a.example/login');
    expect(answer.status).toBe(302);
    await get('https://a.example/x');
    await get('https://a.example/deep/x');
    await get('https://a.example/rotate');
    await get('https://a.example/x');
    await get('https://sub.a.example/x');
    await get('https://b.example/x');
    expect(sent.map(([, cookie]) => cookie?.split('; ').sort().join('; '))).toEqual([
      undefined,
      'csrftoken=abcdef; sid=first-value',
      'csrftoken=abcdef; deep=only-there; sid=first-value',
      'csrftoken=abcdef; sid=first-value',
      'csrftoken=abcdef; sid=second-value',
      undefined,
      undefined,
    ]);
    expect(redactor.text('first-value second-value')).toBe('*** ***');
    const site = new URL('https://a.example/');
    expect(await cookies.value(site, 'sid')).toBe('second-value');
    await cookies.forget(site, 'sid');
    expect(await cookies.value(site, 'sid')).toBeUndefined();
    expect(await cookies.value(site, 'csrftoken')).toBe('abcdef');
    await cookies.clear();
    expect(await cookies.value(site, 'csrftoken')).toBeUndefined();
  });

  test('can be cleared before there are any', async () => {
    await new ClientCookies(new Redactor(), { centre: 'scc', operation: 'scc.login' }).clear();
  });
});
