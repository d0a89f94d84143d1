// The errors that a call can throw. Each has the fields of a problem document, so code can show
// `error.detail` or switch on `error.code` without checking the class first.
import type { KnownFieldErrorCode, KnownProblemCode } from './gen/codes.gen.js';
import type { BarcodeProblem, FieldError, FoodPrefill, Problem } from './gen/types.gen.js';

/** The codes of the contract are completed in the editor; a newer server may send others. */
export type ProblemCode = KnownCode | (string & {});

/** All codes of this version: those of the API, and those that the client itself makes. */
export type KnownCode = KnownProblemCode | 'wrong_user' | 'network_error' | 'timeout' | 'unexpected_response' | 'corrupt_reply';

/** Why one field was refused. */
export type FieldProblem = Omit<FieldError, 'code'> & { readonly code: KnownFieldErrorCode | (string & {}) };

/** Base class of every error that a call throws, except the reason of your own AbortSignal. */
export abstract class UltimateCoachError extends Error implements Problem {
  /** The kind of error, such as `ValidationError`. */
  abstract readonly type: string;
  /** The HTTP status; 0 when no response arrived. */
  abstract readonly status: number;
  /** The exact cause. It is stable: branch on it. */
  abstract readonly code: ProblemCode;
  /** The `X-Request-ID` to quote when you ask for help; empty when no response arrived. */
  abstract readonly requestId: string;
  /** One or two sentences for people. */
  get detail(): string {
    return this.message;
  }
  /** The same as `requestId`, under its JSON name. */
  get request_id(): string {
    return this.requestId;
  }
}

/** The server responded with an error. */
export class ApiError extends UltimateCoachError {
  override readonly name = 'ApiError';
  readonly type: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly requestId: string;
  /** What is wrong, field by field; empty when the error is not about fields. */
  readonly errors: FieldProblem[];
  /** On `barcode_not_found`: the known fields of the new food, `createCustomFood({ body: { ...error.prefill, name, per_100g } })`. */
  declare readonly prefill?: FoodPrefill; // only declared: `'prefill' in error` is false for all other errors
  /** Seconds to wait before the next attempt, from `Retry-After`. */
  readonly retryAfter: number | undefined;
  /** The headers of the response. */
  readonly headers: Headers;

  constructor(problem: Problem | BarcodeProblem, headers: Headers = new Headers()) {
    super(problem.detail);
    this.type = problem.type;
    this.status = problem.status;
    this.code = problem.code;
    this.requestId = problem.request_id;
    this.errors = problem.errors ?? [];
    if ('prefill' in problem) this.prefill = problem.prefill;
    this.retryAfter = retryAfter(headers);
    this.headers = headers;
  }

  /** The problem of one field, by its name in the contract: `error.field('height_cm')?.message`. */
  field(name: string): FieldProblem | undefined {
    return this.errors.find((error) => error.field === name);
  }

  /** Reads a response that is not a success, also one of a proxy that is not a problem document. */
  static async from(response: Response): Promise<ApiError> {
    const text = await response.text();
    return new ApiError(parseProblem(text) ?? {
      type: 'UnexpectedResponse',
      status: response.status,
      code: 'unexpected_response',
      detail: `The server returned ${response.status} without a reason.`,
      request_id: response.headers.get('X-Request-ID') ?? '',
    }, response.headers);
  }
}

/** No response arrived: offline, connection refused or lost, or an origin that the server's CORS rules do not list. */
export class NetworkError extends UltimateCoachError {
  override readonly name: 'NetworkError' | 'TimeoutError' = 'NetworkError';
  readonly type: string = 'NetworkError';
  readonly status = 0;
  readonly code: ProblemCode = 'network_error';
  readonly requestId = '';

  constructor(message = 'The service cannot be reached.', options?: ErrorOptions) {
    super(message, options);
  }
}

/** @internal The page works for another person than the one who is signed in: nothing was sent. */
export function wrongUser(): ApiError {
  return new ApiError({
    type: 'ConflictError',
    status: 409,
    code: 'wrong_user',
    detail: 'Another person has signed in since this page was loaded. Reload the page.',
    request_id: '',
  });
}

/** @internal fetch and its streams report a network failure as a TypeError, in Cloudflare Workers as an Error that is `retryable`. */
export function asNetworkError(error: unknown): unknown {
  return error instanceof TypeError || (error instanceof Error && 'retryable' in error) ? new NetworkError(undefined, { cause: error }) : error;
}

/** No response arrived in time. A write may or may not have happened. */
export class TimeoutError extends NetworkError {
  override readonly name = 'TimeoutError';
  override readonly type = 'TimeoutError';
  override readonly code = 'timeout';

  constructor(readonly timeout: number) {
    super(`The service did not respond within ${timeout} ms.`);
  }
}

/** The text of a reply of the coach is not the one that the server stored. Read it with `listMessages`. */
export class CorruptReplyError extends NetworkError {
  override readonly code = 'corrupt_reply';

  constructor() {
    super('The reply did not arrive as it was sent.');
  }
}

/** The response 304, thrown only by the functions of `./sdk`; the calls of `createClient` return undefined instead. */
export class NotModified extends UltimateCoachError {
  override readonly name = 'NotModified';
  readonly type = 'NotModified';
  readonly status = 304;
  readonly code = 'not_modified';
  readonly requestId: string;

  constructor(readonly headers: Headers) {
    super('Your copy is current.');
    this.requestId = headers.get('X-Request-ID') ?? '';
  }
}

/** An ApiError with one of the given codes, and with the members that these codes have. */
export type ApiErrorWith<Code extends ProblemCode> = ApiError & { readonly code: Code } & (Code extends 'barcode_not_found' ? { readonly prefill: FoodPrefill } : unknown);

/**
 * Narrows to ApiError and, when codes are given, to errors with one of them: `if (isApiError(error, 'email_taken'))`. A code that
 * this version does not know does not compile; compare `error.code` for codes of a newer server.
 */
export function isApiError(error: unknown): error is ApiError;
export function isApiError<Code extends KnownCode>(error: unknown, ...codes: Code[]): error is ApiErrorWith<Code>;
export function isApiError(error: unknown, ...codes: string[]): boolean {
  // By name and not by class: a bundle may hold the ESM and the CommonJS build at once.
  return error instanceof Error && error.name === 'ApiError' && (codes.length === 0 || codes.includes((error as ApiError).code));
}

/** True when the same call may succeed later: no response, 429, a server error, or a response that is not from the API. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return false;
  const fromProxy = 'code' in error && error.code === 'unexpected_response' && error.status < 300;
  return fromProxy || error.status === 0 || error.status === 429 || error.status >= 500;
}

/** @internal A success without JSON: the page of a captive portal, of a proxy, or an empty body. */
export function notJSON(response: Response): ApiError {
  const type = response.headers.get('Content-Type');
  return new ApiError({
    type: 'UnexpectedResponse',
    status: response.status,
    code: 'unexpected_response',
    detail: `The response ${response.status} is ${type ?? 'empty'} and not JSON. It does not come from the API.`,
    request_id: response.headers.get('X-Request-ID') ?? '',
  }, response.headers);
}

function parseProblem(text: string): Problem | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const problem = value as Partial<Problem> | null;
  if (typeof problem?.code !== 'string' || typeof problem.detail !== 'string' || typeof problem.status !== 'number') return undefined;
  return { type: '', request_id: '', ...problem } as Problem;
}

// Seconds or an HTTP date: this API sends seconds, a proxy may send a date.
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After');
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
