// The way of every request: credentials, deadline, one shared renewal on 401, bounded retries, typed failures.
// It is a `fetch` under the generated client, so the generated functions, the queries and the streams all get it.
import { createClient, createConfig, type Client } from './gen/client/index.js';
import { keyed } from './gen/keyed.gen.js';
import { refreshSession } from './gen/sdk.gen.js';
import { ApiError, asNetworkError, NetworkError, NotModified, TimeoutError } from './errors.js';
import { Renewal, throughOneTab } from './renewal.js';

/**
 * An access token, or where to get one. A function is asked for every request, so let it remember its token;
 * after a 401 it is asked once more with `refresh: true`, once for all calls that wait.
 */
export type TokenSource = string | ((ask: { refresh: boolean }) => string | Promise<string>);

export interface ClientConfig {
  /** Where the API is, without `/api/v1`: `https://api.example.com`. In a browser `''` means the page's own origin. */
  baseUrl: string;
  /** For servers, devices and partners. Without it the browser's httpOnly cookies are the credential. */
  token?: TokenSource;
  /** Called once when the session cannot be renewed any more: show the sign-in page. Called again only after calls have succeeded in between. */
  onSignedOut?: (error: ApiError) => void;
  /** Milliseconds that a whole call may take, renewal and retries included; 0 for ever. Default 15 000: the server gives up after 10 000. */
  timeout?: number;
  /**
   * How often a call is repeated that may be: a read after 429 or 503, a write with an `idempotencyKey` also when its answer
   * was lost on the way. Writes that take a key get one by themselves. Default 2.
   */
  retries?: number;
  /** The longest `Retry-After`, in milliseconds, that is waited for; with a longer one the error is thrown at once. Default 5000. */
  maxRetryDelay?: number;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** Instead of the global fetch: for tests, proxies and tracing. */
  fetch?: typeof globalThis.fetch;
}

/** What a single call may set. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds; replaces the client's. */
  timeout?: number | undefined;
  /** Replaces the client's. */
  retries?: number | undefined;
  headers?: Record<string, string> | undefined;
}

// What the interceptor learns about a request and `fetch` wants to know.
interface Plan {
  secured: boolean;
  refreshing: boolean;
  timeout: number;
  retries: number;
}

/** A generated client with the manners above, for the functions of `./sdk`: `getMe({ client })`. */
export function createTransport(config: ClientConfig): Client {
  const { token, timeout = 15_000, retries = 2, maxRetryDelay = 5000 } = config;
  const baseUrl = checkBaseUrl(config.baseUrl);
  const plans = new WeakMap<Request, Plan>();
  let renewedToken: string | undefined;
  let signedOutTold = false;

  const renewal = typeof token === 'string' ? undefined : new Renewal(async (since) => {
    if (token) renewedToken = await token({ refresh: true });
    else await throughOneTab(`ultimate-coach:refresh:${baseUrl}`, since, () => refreshSession({ client }));
  });

  async function attempt(request: Request, plan: Plan, signal: AbortSignal, newToken?: string): Promise<Response> {
    const copy = request.clone(); // the original stays unread for the next attempt
    if (token && plan.secured) {
      copy.headers.set('Authorization', `Bearer ${newToken ?? (typeof token === 'string' ? token : await token({ refresh: false }))}`);
    }
    try {
      const response = await (config.fetch ?? globalThis.fetch)(copy, { signal });
      if (response.headers.get('Content-Type')?.startsWith('text/event-stream')) return response;
      // Read here, so that the deadline covers the body and a broken one is a NetworkError.
      const body = await response.arrayBuffer();
      return new Response(body.byteLength > 0 ? body : null, response);
    } catch (error) {
      throw asNetworkError(error);
    }
  }

  async function patiently(request: Request, plan: Plan, signal: AbortSignal, newToken?: string): Promise<Response> {
    // A refresh that was refused for now has rotated nothing, and a write with a key happens once however often it is sent.
    const hasKey = request.headers.has('Idempotency-Key');
    const repeatable = request.method === 'GET' || plan.refreshing || hasKey;
    for (let round = 0; ; round++) {
      let response: Response;
      try {
        response = await attempt(request, plan, signal, newToken);
      } catch (error) {
        // The write may have happened: the key finds its answer.
        if (!hasKey || round >= plan.retries || signal.aborted || !(error instanceof NetworkError)) throw error;
        await sleep(200 * 2 ** round, signal);
        continue;
      }
      if (response.ok) return response;
      if (response.status === 304) throw new NotModified(response.headers);
      const error = await ApiError.from(response);
      const passing = error.status === 429 || error.status === 503 || error.code === 'idempotency_in_progress';
      if (!repeatable || round >= plan.retries || !passing) throw error;
      const delay = error.retryAfter === undefined ? 200 * 2 ** round : error.retryAfter * 1000;
      if (delay > maxRetryDelay) throw error;
      await sleep(delay * (1 + Math.random() / 10), signal); // not all clients at the same moment
    }
  }

  async function renewing(request: Request, plan: Plan, signal: AbortSignal): Promise<Response> {
    const sent = renewal?.now();
    try {
      return await patiently(request, plan, signal);
    } catch (error) {
      // A wrong password is also a 401, and no new token makes it right.
      if (!renewal || !sent || !plan.secured || plan.refreshing || !isUnauthorized(error) || error.code === 'invalid_credentials') throw error;
      try {
        await orAborted(renewal.after(sent), signal);
        return await patiently(request, plan, signal, renewedToken);
      } catch (second) {
        // The session is over: everybody gets the 401 of their own call. A renewal that could not be
        // tried (offline, 503) says so instead, because the person is still signed in.
        if (!isUnauthorized(second)) throw second;
        if (!signedOutTold) {
          signedOutTold = true;
          config.onSignedOut?.(error);
        }
        throw error;
      }
    }
  }

  async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = input instanceof Request ? input : new Request(input, init);
    const plan = plans.get(request) ?? { secured: false, refreshing: false, timeout, retries };
    const deadline = new Deadline(request.signal, plan.timeout);
    try {
      const response = await renewing(request, plan, deadline.signal);
      signedOutTold &&= !plan.secured; // a success proves that somebody is signed in again
      return response;
    } catch (error) {
      if (request.signal.aborted) throw request.signal.reason;
      if (deadline.passed) throw new TimeoutError(plan.timeout);
      throw error;
    } finally {
      deadline.clear();
    }
  }

  const client = createClient(createConfig({
    baseUrl,
    fetch: send,
    credentials: token ? 'omit' : 'include',
    headers: config.headers ?? {},
    responseStyle: 'data',
    throwOnError: true,
    // A stream that breaks ends with its error. The default tries for ever, also after a 401 or 404.
    ...{ sseMaxRetryAttempts: 1 },
  }));
  client.interceptors.request.use((request, options) => {
    // The generated client hands on the options that it does not know.
    const own = options as typeof options & Pick<CallOptions, 'timeout' | 'retries'>;
    // One per call, so the same for each of its tries. Whoever lets people repeat a call gives it a key of their own.
    if (!request.headers.has('Idempotency-Key') && keyed.has(`${request.method} ${options.url}`)) request.headers.set('Idempotency-Key', newKey());
    plans.set(request, {
      secured: options.security !== undefined,
      refreshing: options.security?.some((scheme) => scheme.name === 'refresh_token') ?? false,
      timeout: own.timeout ?? timeout,
      retries: own.retries ?? retries,
    });
    return request;
  });
  client.interceptors.error.use((error) => {
    // All other failures are made above; this is an answer that says it is JSON and is not.
    return error instanceof SyntaxError ? new NetworkError('The answer could not be read.', { cause: error }) : error;
  });
  return client;
}

// Ends with the caller's signal or with the time, whichever is first; AbortSignal.any is missing before Safari 17.4.
class Deadline {
  passed = false;
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(caller: AbortSignal, timeout: number) {
    const follow = (): void => this.#controller.abort(caller.reason);
    if (caller.aborted) follow();
    // Never removed: the signal is the request's own, and a stream is still read when the deadline is over.
    else caller.addEventListener('abort', follow);
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

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

// crypto.randomUUID is for secure contexts only, and a phone tests against http://192.168….
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return orAborted(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))), signal).finally(() => clearTimeout(timer));
}

function checkBaseUrl(baseUrl: string): string {
  const url = baseUrl.replace(/\/+$/, '');
  if (/\/api\/v1$/.test(url)) throw new TypeError(`baseUrl goes without /api/v1: use ${JSON.stringify(url.slice(0, -7))}`);
  if (!/^https?:\/\//.test(url) && !('location' in globalThis)) throw new TypeError('baseUrl must be absolute outside a browser, such as https://api.example.com');
  return url;
}
