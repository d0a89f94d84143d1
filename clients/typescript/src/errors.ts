// What a call can throw. Everything has the fields of a problem, so that code which shows
// `error.detail` or switches over `error.code` need not ask first what kind of failure it was.
import type { KnownFieldErrorCode, KnownProblemCode } from './gen/codes.gen.js';
import type { BarcodeProblem, FieldError, FoodPrefill, Problem } from './gen/types.gen.js';

/** The codes that the contract names complete in the editor; a newer server may send others. */
export type ProblemCode = KnownProblemCode | 'network_error' | 'timeout' | 'unexpected_answer' | (string & {});

/** Why one field was refused. */
export type FieldProblem = Omit<FieldError, 'code'> & { readonly code: KnownFieldErrorCode | (string & {}) };

/** Base of everything a call throws, except the reason of your own AbortSignal. */
export abstract class UltimateCoachError extends Error implements Problem {
  /** The kind of error, such as `ValidationError`. */
  abstract readonly type: string;
  /** The HTTP status; 0 when there was no answer. */
  abstract readonly status: number;
  /** The exact cause; stable, decide by it. */
  abstract readonly code: ProblemCode;
  /** The `X-Request-ID` to quote when you ask for help; empty when there was no answer. */
  abstract readonly requestId: string;
  /** One or two sentences for people. */
  get detail(): string {
    return this.message;
  }
  /** The same as `requestId`, under the name it has on the wire. */
  get request_id(): string {
    return this.requestId;
  }
}

/** The server answered, and the answer is an error. */
export class ApiError extends UltimateCoachError {
  override readonly name: string = 'ApiError';
  readonly type: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly requestId: string;
  /** What is wrong, field by field; empty when the error is not about fields. */
  readonly errors: FieldProblem[];
  /** On `barcode_not_found`: what need not be typed again, `createCustomFood({ body: { ...error.prefill, name, per_100g } })`. */
  declare readonly prefill?: FoodPrefill; // only declared, so that `'prefill' in error` tells
  /** Seconds to wait before trying again, when the server said so. */
  readonly retryAfter: number | undefined;
  /** The headers of the answer. */
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

  /** What is wrong with one field, by the name the contract gives it: `error.field('height_cm')?.message`. */
  field(name: string): FieldProblem | undefined {
    return this.errors.find((error) => error.field === name);
  }

  /** Reads an answer that is not a success; also one that a proxy made and that is no problem document. */
  static async from(response: Response): Promise<ApiError> {
    const text = await response.text();
    return new ApiError(parseProblem(text) ?? {
      type: 'UnexpectedAnswer',
      status: response.status,
      code: 'unexpected_answer',
      detail: `The server answered ${response.status} and did not say why.`,
      request_id: response.headers.get('X-Request-ID') ?? '',
    }, response.headers);
  }
}

/** No answer came: offline, refused, broken off, or an origin that the server's CORS rules do not list. */
export class NetworkError extends UltimateCoachError {
  override readonly name: string = 'NetworkError';
  readonly type: string = 'NetworkError';
  readonly status = 0;
  readonly code: ProblemCode = 'network_error';
  readonly requestId = '';

  constructor(message = 'The service cannot be reached.', options?: ErrorOptions) {
    super(message, options);
  }
}

/** @internal fetch and its streams report every failure of the network as a TypeError, and say little else. */
export function asNetworkError(error: unknown): unknown {
  return error instanceof TypeError ? new NetworkError(undefined, { cause: error }) : error;
}

/** No answer came in time. Whether a write happened is not known. */
export class TimeoutError extends NetworkError {
  override readonly name = 'TimeoutError';
  override readonly type = 'TimeoutError';
  override readonly code = 'timeout';

  constructor(readonly timeout: number) {
    super(`The service did not answer within ${timeout} ms.`);
  }
}

/** The answer 304, thrown by the plain functions of `./sdk` only; the calls of `createClient` return undefined instead. */
export class NotModified extends UltimateCoachError {
  override readonly name = 'NotModified';
  readonly type = 'NotModified';
  readonly status = 304;
  readonly code = 'not_modified';
  readonly requestId: string;

  constructor(readonly headers: Headers) {
    super('What you hold is still current.');
    this.requestId = headers.get('X-Request-ID') ?? '';
  }
}

/** Narrows to ApiError and, when codes are given, to one of them: `if (isApiError(error, 'email_taken'))`. */
export function isApiError(error: unknown, ...codes: ProblemCode[]): error is ApiError {
  // By name and not by class: a bundle may hold the ESM and the CommonJS build at once.
  return error instanceof Error && error.name === 'ApiError' && (codes.length === 0 || codes.includes((error as ApiError).code));
}

/** Whether the same call may well succeed later: no answer, 429 or a fault of the server. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return false;
  return error.status === 0 || error.status === 429 || error.status >= 500;
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

// Seconds or an HTTP date: the contract promises seconds, a proxy in between does not.
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After');
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
