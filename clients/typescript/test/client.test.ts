import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApiError, createClient, each, isApiError, isTransient, NetworkError, TimeoutError, type ClientConfig, type Me } from '@ultimate-coach/client';
import { createTransport, getMe } from '@ultimate-coach/client/sdk';
import { json, me, problem, serve, signedIn, type Handler } from './server.js';

const mePath = '/api/v1/users/me';
const refreshPath = '/api/v1/auth/refresh';

async function failure<E extends Error>(call: Promise<unknown>, kind: new (...args: never[]) => E): Promise<E> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof kind, `expected ${kind.name}, got ${String(error)}`);
    return error;
  }
  throw new assert.AssertionError({ message: `expected ${kind.name}, but the call succeeded` });
}

// Routes of a session whose access token is expired until a refresh.
function expiring(refresh: Handler): { routes: Record<string, Handler>; session: { valid: boolean } } {
  const session = { valid: false };
  return {
    session,
    routes: {
      [`GET ${mePath}`]: (_, response) => (session.valid ? json(response, 200, me) : problem(response, 401, 'expired_token')),
      [`PATCH ${mePath}`]: (seen, response) => (session.valid ? json(response, 200, { ...me, ...JSON.parse(seen.body) as object }) : problem(response, 401, 'expired_token')),
      [`POST ${refreshPath}`]: refresh,
    },
  };
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('calls', () => {
  test('return typed data', async (t) => {
    const server = await serve(t, { [`GET ${mePath}`]: (_, response) => json(response, 200, me) });
    const profile: Me = await createClient({ baseUrl: server.url }).getMe();
    assert.equal(profile.email, me.email);
  });

  test('send path, query, body and headers as the contract says', async (t) => {
    const server = await serve(t, {
      'GET /api/v1/auth/sessions': (_, response) => json(response, 200, { data: [] }),
      'DELETE /api/v1/auth/sessions/a%2Fb': (_, response) => void response.writeHead(204).end(),
      [`PATCH ${mePath}`]: (_, response) => json(response, 200, me),
    });
    const api = createClient({ baseUrl: `${server.url}/`, headers: { 'X-App': 'test' } });
    await api.listSessions({ query: { limit: 5 } });
    assert.equal(await api.revokeSession({ path: { id: 'a/b' } }), undefined);
    await api.updateMe({ body: { full_name: 'Zoë', height_cm: null }, ifMatch: '"7-1"', headers: { 'X-Request-ID': 'mine' } });
    const [list, , patch] = server.seen;
    assert.equal(list?.path, '/api/v1/auth/sessions?limit=5');
    assert.equal(list?.headers['x-app'], 'test');
    assert.equal(list?.headers['content-type'], undefined);
    assert.equal(patch?.body, '{"full_name":"Zoë","height_cm":null}');
    assert.equal(patch?.headers['content-type'], 'application/json');
    assert.equal(patch?.headers['if-match'], '"7-1"');
    assert.equal(patch?.headers['x-request-id'], 'mine');
  });

  test('return undefined when the response has no body', async (t) => {
    const server = await serve(t, {
      'POST /api/v1/auth/logout': (_, response) => void response.writeHead(204).end(),
      'POST /api/v1/auth/password/forgot': (_, response) => void response.writeHead(202).end(),
    });
    const api = createClient({ baseUrl: server.url });
    assert.equal(await api.logout(), undefined);
    assert.equal(await api.requestPasswordReset({ body: { email: 'ann@example.com' } }), undefined);
  });

  test('withResponse returns status, headers, etag and request id', async (t) => {
    const server = await serve(t, { [`GET ${mePath}`]: (_, response) => json(response, 200, me, { ETag: '"7-31"', RateLimit: '"read";r=599;t=1' }) });
    const { data, etag, status, requestId, headers, notModified } = await createClient({ baseUrl: server.url }).getMe().withResponse();
    assert.deepEqual([data.id, etag, status, requestId, headers.get('RateLimit'), notModified], [me.id, '"7-31"', 200, 'test-1', '"read";r=599;t=1', false]);
  });

  test('each reads all pages', async (t) => {
    const server = await serve(t, {
      'GET /api/v1/auth/sessions': (seen, response) => {
        const cursor = new URL(seen.path, 'http://x').searchParams.get('cursor');
        json(response, 200, cursor === null ? { data: [{ id: '1' }, { id: '2' }], next_cursor: 'c2' } : { data: [{ id: cursor }] });
      },
    });
    const api = createClient({ baseUrl: server.url });
    const ids: string[] = [];
    for await (const session of each(api.listSessions, { query: { limit: 2 } })) ids.push(session.id);
    assert.deepEqual(ids, ['1', '2', 'c2']);
    assert.equal(server.seen[1]?.path, '/api/v1/auth/sessions?limit=2&cursor=c2');
  });

  test('createClient throws for a baseUrl that cannot work', () => {
    assert.throws(() => createClient({ baseUrl: 'https://api.example.com/api/v1/' }), /without \/api\/v1: use "https:\/\/api.example.com"/);
    assert.throws(() => createClient({ baseUrl: '' }), /absolute/);
  });

  test('use the fetch of the config', async () => {
    const api = createClient({ baseUrl: 'https://api.example.com', fetch: async (input) => Response.json({ ...me, email: new Request(input).url }) });
    assert.equal((await api.getMe()).email, 'https://api.example.com/api/v1/users/me');
  });
});

describe('conditional requests', () => {
  const routes: Record<string, Handler> = {
    [`GET ${mePath}`]: (seen, response) => seen.headers['if-none-match'] === '"7-31"'
      ? void response.writeHead(304, { ETag: '"7-31"' }).end()
      : json(response, 200, me, { ETag: '"7-31"' }),
  };

  test('304 returns undefined', async (t) => {
    const server = await serve(t, routes);
    const api = createClient({ baseUrl: server.url });
    const { data: held, etag } = await api.getMe().withResponse();
    const fresh: Me | undefined = await api.getMe({ ifNoneMatch: etag });
    assert.equal(fresh, undefined);
    assert.equal((fresh ?? held).id, me.id);
    const response = await api.getMe({ ifNoneMatch: etag }).withResponse();
    assert.deepEqual([response.notModified, response.status, response.etag], [true, 304, '"7-31"']);
    assert.equal((await api.getMe({ ifNoneMatch: '"old"' }))?.id, me.id);
  });

  test('a stale If-Match is 412 precondition_failed', async (t) => {
    const server = await serve(t, { [`PATCH ${mePath}`]: (_, response) => problem(response, 412, 'precondition_failed') });
    const error = await failure(createClient({ baseUrl: server.url }).updateMe({ body: { language: 'de' }, ifMatch: '"1"' }), ApiError);
    assert.ok(isApiError(error, 'precondition_failed'));
  });
});

describe('errors', () => {
  test('have the fields of the problem and the request id', async (t) => {
    const server = await serve(t, {
      [`PATCH ${mePath}`]: (_, response) => problem(response, 400, 'validation_failed', { type: 'ValidationError', errors: [{ field: 'height_cm', code: 'too_large', message: 'must be at most 300' }] }),
    });
    const error = await failure(createClient({ baseUrl: server.url }).updateMe({ body: { height_cm: 400 } }), ApiError);
    assert.deepEqual([error.type, error.status, error.code, error.detail, error.message, error.requestId, error.request_id],
      ['ValidationError', 400, 'validation_failed', 'The detail of validation_failed.', 'The detail of validation_failed.', 'test-1', 'test-1']);
    assert.equal(error.field('height_cm')?.code, 'too_large');
    assert.equal(error.field('nothing'), undefined);
    assert.equal(isApiError(error), true);
    assert.equal(isApiError(error, 'email_taken'), false);
    assert.equal(isTransient(error), false);
  });

  test('have the extra members of a problem', async (t) => {
    const path = '/api/v1/nutrition/foods/barcode/96385074';
    const server = await serve(t, { [`GET ${path}`]: (_, response) => problem(response, 404, 'barcode_not_found', { prefill: { barcode: '00000096385074' } }) });
    const api = createClient({ baseUrl: server.url });
    const error = await failure(api.getFoodByBarcode({ path: { gtin: '96385074' } }), ApiError);
    assert.deepEqual(error.prefill, { barcode: '00000096385074' });
    assert.equal('prefill' in await failure(api.getMe(), ApiError), false);
  });

  test('a proxy error without a problem document is an ApiError', async (t) => {
    const server = await serve(t, { [`PATCH ${mePath}`]: (_, response) => void response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>') });
    const error = await failure(createClient({ baseUrl: server.url }).updateMe({ body: {} }), ApiError);
    assert.deepEqual([error.status, error.code, error.errors.length, isTransient(error)], [502, 'unexpected_response', 0, true]);
  });

  test('a refused connection is a NetworkError', async () => {
    const error = await failure(createClient({ baseUrl: 'http://127.0.0.1:9' }).getMe(), NetworkError);
    assert.deepEqual([error.status, error.code, isTransient(error), isApiError(error)], [0, 'network_error', true, false]);
    assert.ok(error.cause);
  });

  test('a connection lost inside a body is a NetworkError', async (t) => {
    const server = await serve(t, { [`GET ${mePath}`]: (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' }).write('{"id":');
      setTimeout(() => response.destroy(), 20);
    } });
    await failure(createClient({ baseUrl: server.url }).getMe(), NetworkError);
  });

  test('a body that is not valid JSON is a NetworkError', async (t) => {
    const server = await serve(t, { [`GET ${mePath}`]: (_, response) => void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"id"') });
    await failure(createClient({ baseUrl: server.url }).getMe(), NetworkError);
  });

  for (const [name, answer] of Object.entries<Handler>({
    'a 200 with HTML': (_, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Sign in to the WiFi</h1>'),
    'a 200 without a body': (_, response) => void response.writeHead(200, { 'Content-Type': 'text/plain' }).end(),
    'a 200 without a type': (_, response) => void response.writeHead(200).end(),
  })) {
    test(`${name} is an ApiError`, async (t) => {
      const server = await serve(t, { [`GET ${mePath}`]: answer, 'POST /api/v1/nutrition/meals': answer });
      const api = createClient({ baseUrl: server.url });
      const error = await failure(api.getMe(), ApiError);
      assert.deepEqual([error.status, error.code, isTransient(error)], [200, 'unexpected_response', true]);
      await failure(api.createMeal({ body: { meal_type: 'snack', items: [] } }), ApiError);
    });
  }

  test('withResponse causes no unhandled rejection', async (t) => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    t.after(() => process.off('unhandledRejection', note));
    const server = await serve(t, { [`GET ${mePath}`]: (_, response) => problem(response, 500, 'internal_error') });
    const api = createClient({ baseUrl: server.url });
    await failure(api.getMe().withResponse(), ApiError);
    await failure(api.getMe(), ApiError);
    await delay(20);
    assert.deepEqual(unhandled, []);
  });
});

describe('refresh, with cookies', () => {
  test('50 waiting calls share one refresh, and each is sent again once', async (t) => {
    const { routes, session } = expiring(async (_, response) => {
      await delay(50);
      session.valid = true;
      json(response, 200, signedIn);
    });
    const server = await serve(t, routes);
    const api = createClient({ baseUrl: server.url, onSignedOut: () => assert.fail('still signed in') });
    const all = await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 ? api.getMe() : api.updateMe({ body: { full_name: `n${index}` } }))));
    assert.equal(server.count(refreshPath), 1);
    assert.equal(server.count(mePath), 100);
    assert.equal(all[48]?.full_name, 'n48', 'the body is sent again');
  });

  test('a 401 that arrives after the refresh starts no second one', async (t) => {
    let slow = true;
    const { routes, session } = expiring((_, response) => {
      session.valid = true;
      json(response, 200, signedIn);
    });
    const server = await serve(t, {
      ...routes,
      'GET /api/v1/auth/sessions': async (_, response) => {
        if (!slow) return json(response, 200, { data: [] });
        slow = false;
        await delay(150);
        problem(response, 401, 'expired_token');
      },
    });
    const api = createClient({ baseUrl: server.url });
    await Promise.all([api.listSessions(), api.getMe()]);
    assert.equal(server.count(refreshPath), 1);
  });

  test('a refused refresh: every call throws its own 401, onSignedOut is called once', async (t) => {
    const { routes, session } = expiring(async (_, response) => {
      await delay(20);
      problem(response, 401, 'session_ended');
    });
    const server = await serve(t, routes);
    const signedOut: ApiError[] = [];
    const api = createClient({ baseUrl: server.url, onSignedOut: (error) => signedOut.push(error) });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => api.getMe()));
    assert.ok(results.every((result) => result.status === 'rejected' && isApiError(result.reason, 'expired_token')));
    assert.equal(server.count(refreshPath), 1);
    assert.equal(server.count(mePath), 50, 'no call is sent again');
    await failure(api.getMe(), ApiError);
    assert.equal(signedOut.length, 1);

    session.valid = true; // signed in again; later the session ends again
    await api.getMe();
    session.valid = false;
    await failure(api.getMe(), ApiError);
    assert.equal(signedOut.length, 2);
  });

  test('a refresh that gets 503: the calls throw it, nobody is signed out', async (t) => {
    const { routes } = expiring((_, response) => problem(response, 503, 'database_unavailable', {}, { 'Retry-After': '60' }));
    const server = await serve(t, routes);
    const api = createClient({ baseUrl: server.url, onSignedOut: () => assert.fail('still signed in') });
    const error = await failure(api.getMe(), ApiError);
    assert.deepEqual([error.status, error.code, error.retryAfter], [503, 'database_unavailable', 60]);
  });

  test('a wrong password starts no refresh', async (t) => {
    const server = await serve(t, {
      'POST /api/v1/auth/login': (_, response) => problem(response, 401, 'invalid_credentials'),
      'POST /api/v1/auth/password': (_, response) => problem(response, 401, 'invalid_credentials'),
      [`POST ${refreshPath}`]: (_, response) => problem(response, 401, 'missing_token'),
    });
    const api = createClient({ baseUrl: server.url, onSignedOut: () => assert.fail('nobody was signed in') });
    await failure(api.login({ body: { email: 'ann@example.com', password: 'wrong' } }), ApiError);
    await failure(api.changePassword({ body: { current_password: 'wrong', new_password: 'long-enough' } }), ApiError);
    assert.equal(server.count(refreshPath), 0);
    await failure(api.refreshSession(), ApiError);
    assert.equal(server.count(refreshPath), 1, 'a refused refresh does not refresh');
  });

  test('a call refreshes at most once', async (t) => {
    const { routes } = expiring((_, response) => json(response, 200, signedIn));
    const server = await serve(t, routes);
    await failure(createClient({ baseUrl: server.url }).getMe(), ApiError);
    assert.equal(server.count(refreshPath), 1);
    assert.equal(server.count(mePath), 2);
  });

  test('one aborted call does not abort the refresh of the others', async (t) => {
    const { routes, session } = expiring(async (_, response) => {
      await delay(100);
      session.valid = true;
      json(response, 200, signedIn);
    });
    const server = await serve(t, routes);
    const api = createClient({ baseUrl: server.url });
    const controller = new AbortController();
    const aborted = api.getMe({ signal: controller.signal });
    const waiting = api.getMe();
    setTimeout(() => controller.abort(new Error('left the page')), 40);
    await assert.rejects(aborted, /left the page/);
    assert.equal((await waiting).id, me.id);
    assert.equal(server.count(refreshPath), 1);
  });

  test('works for the functions of ./sdk', async (t) => {
    const { routes, session } = expiring((_, response) => {
      session.valid = true;
      json(response, 200, signedIn);
    });
    const server = await serve(t, routes);
    const profile = await getMe({ client: createTransport({ baseUrl: server.url }) });
    assert.equal(profile.id, me.id);
  });
});

describe('bearer tokens', () => {
  const requiresToken = (valid: string): Record<string, Handler> => ({
    [`GET ${mePath}`]: (seen, response) => (seen.headers.authorization === `Bearer ${valid}` ? json(response, 200, me) : problem(response, 401, 'expired_token')),
    'POST /api/v1/auth/login': (_, response) => json(response, 200, signedIn),
  });

  test('are sent with every call that needs a user, and with no other', async (t) => {
    const server = await serve(t, requiresToken('abc'));
    const api = createClient({ baseUrl: server.url, token: 'abc' });
    await api.getMe();
    await api.login({ body: { email: 'ann@example.com', password: 'x' } });
    assert.equal(server.seen[1]?.headers.authorization, undefined);
  });

  test('a fixed token that is refused is a 401 without a refresh', async (t) => {
    const server = await serve(t, requiresToken('abc'));
    await failure(createClient({ baseUrl: server.url, token: 'old' }).getMe(), ApiError);
    assert.equal(server.seen.length, 1);
  });

  test('a token function is called once with refresh for all calls, and each call is sent again once', async (t) => {
    const server = await serve(t, requiresToken('new'));
    const asked: boolean[] = [];
    let token = 'old';
    const api = createClient({ baseUrl: server.url, token: async ({ refresh }) => {
      asked.push(refresh);
      if (refresh) {
        await delay(20);
        token = 'new';
      }
      return token;
    } });
    await Promise.all(Array.from({ length: 20 }, () => api.getMe()));
    assert.equal(asked.filter(Boolean).length, 1);
    assert.equal(server.count(mePath), 40);
    assert.equal(server.count(refreshPath), 0);
  });

  test('a token function that returns another bad token is a 401, not a loop', async (t) => {
    const server = await serve(t, requiresToken('abc'));
    await failure(createClient({ baseUrl: server.url, token: () => 'bad' }).getMe(), ApiError);
    assert.equal(server.seen.length, 2);
  });

  test('an error of the token function is the error of the call', async () => {
    const api = createClient({ baseUrl: 'http://127.0.0.1:9', token: () => Promise.reject(new Error('vault is closed')) });
    await assert.rejects(api.getMe(), /vault is closed/);
  });
});

describe('retries', () => {
  const busy = (times: number, status: number, headers: Record<string, string>): Handler => {
    let left = times;
    return (_, response) => (left-- > 0 ? problem(response, status, 'overloaded', {}, headers) : json(response, 200, me));
  };
  const cases: [string, Handler, Partial<ClientConfig>, number, boolean][] = [
    ['a read is retried after 503', busy(2, 503, {}), {}, 3, true],
    ['a read is retried after Retry-After', busy(1, 429, { 'Retry-After': '1' }), {}, 2, true],
    ['a long Retry-After is not waited for', busy(1, 429, { 'Retry-After': '30' }), {}, 1, false],
    ['the number of retries is limited', busy(9, 503, {}), { retries: 1 }, 2, false],
    ['retries can be switched off', busy(9, 503, {}), { retries: 0 }, 1, false],
    ['500 is not retried', busy(1, 500, {}), {}, 1, false],
  ];
  for (const [name, handler, config, attempts, succeeds] of cases) {
    test(name, async (t) => {
      const server = await serve(t, { [`GET ${mePath}`]: handler });
      const call = createClient({ baseUrl: server.url, ...config }).getMe();
      if (succeeds) await call;
      else await failure(call, ApiError);
      assert.equal(server.seen.length, attempts);
    });
  }

  test('a write with a key is retried with the same key', async (t) => {
    const server = await serve(t, { [`PATCH ${mePath}`]: busy(1, 503, { 'Retry-After': '0' }) });
    await createClient({ baseUrl: server.url }).updateMe({ body: { language: 'de' }, headers: { 'Idempotency-Key': 'k1' } });
    assert.deepEqual(server.seen.map((seen) => [seen.headers['idempotency-key'], seen.body]), [['k1', '{"language":"de"}'], ['k1', '{"language":"de"}']]);
  });

  const mealsPath = '/api/v1/nutrition/meals';
  const espresso = { meal_type: 'snack', items: [{ kind: 'quick', name: 'Espresso', calories: 3 }] } as const;
  const keys = (server: { seen: { headers: Record<string, unknown> }[] }): unknown[] => server.seen.map((seen) => seen.headers['idempotency-key']);

  test('the client makes one key per call for writes that take one', async (t) => {
    const server = await serve(t, { [`POST ${mealsPath}`]: busy(1, 503, { 'Retry-After': '0' }) });
    const api = createClient({ baseUrl: server.url });
    await api.createMeal({ body: { ...espresso, items: [...espresso.items] } });
    await api.createMeal({ body: { ...espresso, items: [...espresso.items] } });
    const [first, again, second] = keys(server);
    assert.match(String(first), /^[0-9a-f]{32}$/);
    assert.equal(again, first);
    assert.notEqual(second, first);
  });

  test('the key of the caller is sent', async (t) => {
    const server = await serve(t, { [`POST ${mealsPath}`]: busy(0, 503, {}) });
    await createClient({ baseUrl: server.url }).createMeal({ body: { ...espresso, items: [...espresso.items] }, idempotencyKey: 'mine' });
    assert.deepEqual(keys(server), ['mine']);
  });

  test('a write with a key is retried after a lost response and after idempotency_in_progress', async (t) => {
    let round = 0;
    const server = await serve(t, {
      [`POST ${mealsPath}`]: (_, response) => {
        round++;
        if (round === 1) return void response.destroy();
        if (round === 2) return problem(response, 409, 'idempotency_in_progress', {}, { 'Retry-After': '0' });
        json(response, 201, {});
      },
    });
    await createClient({ baseUrl: server.url }).createMeal({ body: { ...espresso, items: [...espresso.items] } });
    assert.equal(new Set(keys(server)).size, 1);
    assert.equal(server.seen.length, 3);
  });

  test('a key source replaces crypto, and without both the error says what to do', async (t) => {
    const server = await serve(t, { [`POST ${mealsPath}`]: (_, response) => json(response, 201, {}) });
    const { crypto } = globalThis;
    Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true }); // as in React Native
    t.after(() => Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true }));
    const meal = { body: { ...espresso, items: [...espresso.items] } };
    await assert.rejects(createClient({ baseUrl: server.url }).createMeal(meal), /pass `newKey` to createClient/);
    await createClient({ baseUrl: server.url, newKey: () => 'from-the-app' }).createMeal(meal);
    assert.deepEqual(keys(server), ['from-the-app']);
  });

  test('a write without a key is never retried', async (t) => {
    const server = await serve(t, { [`PATCH ${mePath}`]: busy(1, 503, { 'Retry-After': '0' }) });
    await failure(createClient({ baseUrl: server.url }).updateMe({ body: {} }), ApiError);
    assert.equal(server.seen.length, 1);
  });
});

describe('aborting and deadlines', () => {
  const silent: Record<string, Handler> = { [`GET ${mePath}`]: () => {}, [`POST ${refreshPath}`]: () => {} };

  test('an aborted call rejects with the reason of the signal', async (t) => {
    const server = await serve(t, silent);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(createClient({ baseUrl: server.url }).getMe({ signal: controller.signal }), { name: 'AbortError' });
    await assert.rejects(createClient({ baseUrl: server.url }).getMe({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  test('a passed deadline is a TimeoutError, which is a NetworkError', async (t) => {
    const server = await serve(t, silent);
    const api = createClient({ baseUrl: server.url, timeout: 30 });
    const error = await failure(api.getMe(), TimeoutError);
    assert.ok(error instanceof NetworkError);
    assert.deepEqual([error.code, error.timeout], ['timeout', 30]);
    assert.equal((await failure(api.getMe({ timeout: 20 }), TimeoutError)).timeout, 20);
  });

  test('a deadline includes the body and the waits between retries', async (t) => {
    const server = await serve(t, {
      [`GET ${mePath}`]: (_, response) => void response.writeHead(200, { 'Content-Type': 'application/json' }).write('{'),
      'GET /api/v1/auth/sessions': (_, response) => problem(response, 503, 'overloaded', {}, { 'Retry-After': '3' }),
    });
    const api = createClient({ baseUrl: server.url, timeout: 50 });
    await failure(api.getMe(), TimeoutError);
    await failure(api.listSessions(), TimeoutError);
  });

  test('a call leaves no timer running', async (t) => {
    const server = await serve(t, { [`GET ${mePath}`]: (_, response) => json(response, 200, me) });
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    await Promise.all(Array.from({ length: 20 }, () => createClient({ baseUrl: server.url, timeout: 3_600_000 }).getMe()));
    assert.ok(timers() < before + 20, `${timers()} timers, ${before} before`);
  });
});
