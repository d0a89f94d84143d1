// What happens to every request: credentials, deadline, one shared refresh on 401, a limited number of retries, typed errors.
// It is the `fetch` of the generated client, so the generated functions, the queries and the streams all use it.
import { createClient, createConfig, type Client } from './gen/client/index.js';
import { anybody, changesSession, keyed } from './gen/operations.gen.js';
import { refreshSession } from './gen/sdk.gen.js';
import { ApiError, asNetworkError, NetworkError, notJSON, NotModified, TimeoutError } from './errors.js';
import { Identity, type AuthChange } from './identity.js';
import { inOneTab, refreshInOneTab, SharedRefresh } from './refresh.js';
import { orAborted, reasonOf, sleep } from './waiting.js';
import { warnAboutLoopback } from './warnings.js';

/**
 * An access token, or a function that returns one. The function is called for every request, so let it cache its token.
 * After a 401 it is called with `refresh: true`, once for all waiting calls.
 */
export type TokenSource = string | ((ask: { refresh: boolean }) => string | Promise<string>);

export interface ClientConfig {
  /** The address of the API without `/api/v1`: `https://api.example.com`. In a browser `''` means the page's own origin. */
  baseUrl: string;
  /** For servers, devices and partners. Without it the browser's httpOnly cookies are the credential. */
  token?: TokenSource | undefined;
  /** Called once when the session cannot be refreshed any more: show the sign-in page. Called again only after a call has succeeded. */
  onSignedOut?: ((error: ApiError) => void) | undefined;
  /**
   * Called when the signed-in person changes, also in another tab of the browser. Remove everything of the previous person from the
   * page, then call `change.accept()`; or reload the page. With cookies only.
   */
  onAuthChange?: ((change: AuthChange) => void) | undefined;
  /** Milliseconds that a whole call may take, with refresh and retries; 0 means no limit. Default 15 000: the server's own limit is 10 000. */
  timeout?: number | undefined;
  /**
   * How often a call is retried: a read after 429 or 503, a write with an `idempotencyKey` also when its response was lost.
   * The client makes a key for every write that takes one. Default 2.
   */
  retries?: number | undefined;
  /** The longest `Retry-After`, in milliseconds, that the client waits; with a longer one the call throws at once. Default 5000. */
  maxRetryDelay?: number | undefined;
  /** Sent with every request. */
  headers?: Record<string, string> | undefined;
  /** Makes an Idempotency-Key: at least 16 random bytes as text. Needed only where `crypto.getRandomValues` is missing, as in React Native. */
  newKey?: (() => string) | undefined;
  /** Instead of the global fetch: for tests, proxies and tracing. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** Options of a single call. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds; replaces the client's. */
  timeout?: number | undefined;
  /** Replaces the client's. */
  retries?: number | undefined;
  headers?: Record<string, string> | undefined;
}

// What the interceptor passes to `fetch` about a request.
interface RequestSettings {
  needsUser: boolean;
  isRefresh: boolean;
  changesSession: boolean;
  /** A read that also works when nobody is signed in. */
  anybody: boolean;
  /** The person that the page works for when the call is made. */
  sentFor: string | undefined;
  timeout: number;
  retries: number;
}

/** A generated client with the behaviour above, for the functions of `./sdk`: `getMe({ client })`. */
export function createTransport(config: ClientConfig): Client {
  const { token, timeout = 15_000, retries = 2, maxRetryDelay = 5000 } = config;
  const baseUrl = checkBaseUrl(config.baseUrl);
  const makeKey = config.newKey ?? newKey;
  const settingsOf = new WeakMap<Request, RequestSettings>();
  const lockName = `ultimate-coach:refresh:${baseUrl}`;
  // A token is one person's; only the cookies of a browser can become another person's.
  const identity = token ? undefined : new Identity(`ultimate-coach:auth:${baseUrl}`, config.onAuthChange);
  if (!token) warnAboutLoopback(baseUrl);
  let refreshedToken: string | undefined;
  let signedOutReported = false;

  const sharedRefresh = typeof token === 'string' ? undefined : new SharedRefresh(async (since) => {
    if (token) refreshedToken = await token({ refresh: true });
    else await refreshInOneTab(lockName, since, () => refreshSession({ client }));
  });

  async function sendOnce(request: Request, settings: RequestSettings, signal: AbortSignal, newToken?: string): Promise<Response> {
    const attempt = request.clone(); // the body of the original stays unread for the next attempt
    if (token && settings.needsUser) {
      attempt.headers.set('Authorization', `Bearer ${newToken ?? (typeof token === 'string' ? token : await token({ refresh: false }))}`);
    }
    try {
      const response = await (config.fetch ?? globalThis.fetch)(attempt, { signal });
      if (response.headers.get('Content-Type')?.startsWith('text/event-stream')) return response;
      // Read here, so that the deadline includes the body and a lost connection is a NetworkError.
      // As text, because React Native decodes an ArrayBuffer byte by byte.
      const body = await response.text();
      const copy = new Response(body === '' ? null : body, response); // a 204 must have null
      if (!response.headers.has('Content-Type')) copy.headers.delete('Content-Type'); // that of all texts
      return copy;
    } catch (error) {
      throw asNetworkError(error);
    }
  }

  async function sendWithRetries(request: Request, settings: RequestSettings, signal: AbortSignal, newToken?: string): Promise<Response> {
    // A refresh that got 429 or 503 has rotated no token, and a write with a key happens once however often it is sent.
    const hasKey = request.headers.has('Idempotency-Key');
    const canRetry = request.method === 'GET' || settings.isRefresh || hasKey;
    for (let round = 0; ; round++) {
      let response: Response;
      try {
        response = await sendOnce(request, settings, signal, newToken);
      } catch (error) {
        // The write may have happened: then the server returns the stored response of the key.
        if (!hasKey || round >= settings.retries || signal.aborted || !(error instanceof NetworkError)) throw error;
        await sleep(200 * 2 ** round, signal);
        continue;
      }
      if (response.ok) return requireJSON(response);
      if (response.status === 304) throw new NotModified(response.headers);
      const error = await ApiError.from(response);
      const temporary = error.status === 429 || error.status === 503 || error.code === 'idempotency_in_progress';
      if (!canRetry || round >= settings.retries || !temporary) throw error;
      const delay = error.retryAfter === undefined ? 200 * 2 ** round : error.retryAfter * 1000;
      if (delay > maxRetryDelay) throw error;
      await sleep(delay * (1 + Math.random() / 10), signal); // so that not all clients retry at the same moment
    }
  }

  // One attempt of a call. Sign-in and sign-out take the same lock as a refresh, so that tabs do not change the cookies at the same time.
  async function sendChecked(request: Request, settings: RequestSettings, signal: AbortSignal, newToken?: string): Promise<Response> {
    const attempt = (): Promise<Response> => sendWithRetries(request, settings, signal, newToken);
    try {
      if (!settings.changesSession || settings.isRefresh || !identity) {
        const response = await attempt();
        if (settings.anybody) identity?.learn(response.headers.get('X-User-Id'));
        else if (settings.needsUser) identity?.checkResponse(await userOf(response, settings), settings.sentFor);
        return response;
      }
      return await inOneTab(lockName, async () => {
        const response = await attempt();
        const user = await userOf(response, settings);
        if (user !== undefined || response.status === 204) identity.changed(response.status === 204 ? undefined : user);
        return response;
      });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'wrong_user') identity?.checkResponse(error.headers.get('X-User-Id') ?? undefined, settings.sentFor, error);
      throw error;
    }
  }

  async function sendWithRefresh(request: Request, settings: RequestSettings, signal: AbortSignal): Promise<Response> {
    const sent = sharedRefresh?.now();
    try {
      return await sendChecked(request, settings, signal);
    } catch (error) {
      // A wrong password is also a 401; a new token does not help there.
      const canRefresh = settings.needsUser && !settings.isRefresh && isUnauthorized(error) && error.code !== 'invalid_credentials';
      if (!sharedRefresh || !sent || !canRefresh) throw error;
      try {
        await orAborted(sharedRefresh.since(sent), signal);
        return await sendChecked(request, settings, signal, refreshedToken);
      } catch (second) {
        // The session has ended: each call throws its own 401. When the refresh itself failed
        // (offline, 503) its error is thrown instead, because the person is still signed in.
        if (!isUnauthorized(second)) throw second;
        if (!signedOutReported) {
          signedOutReported = true;
          config.onSignedOut?.(error);
        }
        throw error;
      }
    }
  }

  async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = input instanceof Request ? input : new Request(input, init);
    const settings = settingsOf.get(request) ?? { needsUser: false, isRefresh: false, changesSession: false, anybody: false, sentFor: undefined, timeout, retries };
    const deadline = new Deadline(request.signal, settings.timeout);
    try {
      const response = await sendWithRefresh(request, settings, deadline.signal);
      signedOutReported &&= !settings.needsUser; // a success proves that somebody is signed in again
      return response;
    } catch (error) {
      if (request.signal.aborted) throw reasonOf(request.signal);
      if (deadline.passed) throw new TimeoutError(settings.timeout);
      throw error;
    } finally {
      deadline.clear();
    }
  }

  const client = createClient(createConfig({
    baseUrl,
    fetch: send,
    // Cloudflare Workers throw for it, and have no cookies.
    ...(canSetCredentials() ? { credentials: token ? 'omit' : 'include' } as const : {}),
    headers: config.headers ?? {},
    responseStyle: 'data',
    throwOnError: true,
    // A stream that fails ends with its error. By default the generated client retries for ever, also after a 401 or 404.
    ...{ sseMaxRetryAttempts: 1 },
  }));
  client.interceptors.request.use((request, options) => {
    // The generated client passes on the options that it does not know.
    const own = options as typeof options & Pick<CallOptions, 'timeout' | 'retries'>;
    // One key per call, the same for each attempt. Callers whose users may repeat a call pass their own key.
    const operation = `${request.method} ${options.url}`;
    if (!request.headers.has('Idempotency-Key') && keyed.has(operation)) request.headers.set('Idempotency-Key', makeKey());
    const needsUser = options.security !== undefined;
    const isRefresh = options.security?.every((scheme) => scheme.name === 'refresh_token') ?? false;
    if (identity && needsUser && !isRefresh && request.method !== 'GET') {
      identity.checkWrite();
      if (identity.expected !== undefined) request.headers.set('X-Expected-User-Id', identity.expected);
    }
    settingsOf.set(request, {
      needsUser,
      isRefresh,
      changesSession: changesSession.has(operation),
      anybody: anybody.has(operation),
      sentFor: identity?.expected,
      timeout: own.timeout ?? timeout,
      retries: own.retries ?? retries,
    });
    return request;
  });
  client.interceptors.error.use((error) => {
    // All other errors come from the functions above; this one is a response whose JSON cannot be parsed.
    return error instanceof SyntaxError ? new NetworkError('The response could not be read.', { cause: error }) : error;
  });
  keySources.set(client, makeKey);
  return client;
}

const keySources = new WeakMap<Client, () => string>();

/** @internal The function that makes the Idempotency-Keys of a client. */
export function keySourceOf(client: Client): () => string {
  return keySources.get(client) ?? newKey;
}

// Aborts with the caller's signal or when the time is over, whichever comes first; AbortSignal.any is missing before Safari 17.4.
class Deadline {
  passed = false;
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(caller: AbortSignal, timeout: number) {
    const abort = (): void => this.#controller.abort(caller.reason);
    if (caller.aborted) abort();
    // Never removed: the signal belongs to this request, and a stream is read beyond the deadline.
    else caller.addEventListener('abort', abort);
    if (timeout > 0) {
      this.#timer = setTimeout(() => {
        this.passed = true;
        this.#controller.abort();
      }, timeout);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

function isUnauthorized(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 401;
}

// The API sends JSON with every success that has a body, or the GPX that was asked for; 202 and 204 have none.
async function requireJSON(response: Response): Promise<Response> {
  if (response.status === 204 || response.status === 205) return response;
  const type = response.headers.get('Content-Type') ?? '';
  if (/^text\/event-stream\b|^application\/(?:gpx\+xml|(?:[\w.-]+\+)?json)\b/i.test(type)) return response;
  const body = await response.clone().arrayBuffer();
  if (response.status === 202 && body.byteLength === 0) return response;
  throw notJSON(response);
}

// The person of a response: from its header, or, after a sign-in, from its body.
async function userOf(response: Response, settings: RequestSettings): Promise<string | undefined> {
  const header = response.headers.get('X-User-Id');
  if (header !== null) return header;
  if (!settings.changesSession || response.status === 204) return undefined;
  const body = await response.clone().json().catch(() => undefined) as { user?: { id?: unknown }; session?: unknown } | undefined;
  return body?.session !== undefined && typeof body.user?.id === 'string' ? body.user.id : undefined;
}

function canSetCredentials(): boolean {
  try {
    return new Request('https://example.com', { credentials: 'omit' }) instanceof Request;
  } catch {
    return false;
  }
}

// crypto.randomUUID exists only in secure contexts, and a phone may test against http://192.168….
function newKey(): string {
  if (typeof globalThis.crypto?.getRandomValues !== 'function') {
    throw new TypeError('This write needs an Idempotency-Key, and there is no crypto.getRandomValues to make one: pass `newKey` to createClient, or `idempotencyKey` to the call.');
  }
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function checkBaseUrl(baseUrl: string): string {
  const url = baseUrl.replace(/\/+$/, '');
  if (/\/api\/v1$/.test(url)) throw new TypeError(`baseUrl goes without /api/v1: use ${JSON.stringify(url.slice(0, -7))}`);
  if (!/^https?:\/\//.test(url) && !('location' in globalThis)) throw new TypeError('baseUrl must be absolute outside a browser, such as https://api.example.com');
  return url;
}
