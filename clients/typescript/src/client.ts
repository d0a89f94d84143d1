// All operations of the contract as methods: `const me = await api.getMe()`.
import * as operations from './gen/sdk.gen.js';
import type { Client } from './gen/client/index.js';
import type { CoachEvent } from './gen/types.gen.js';
import { asNetworkError, NotModified } from './errors.js';
import { createTransport, type CallOptions, type ClientConfig } from './transport.js';

type Sdk = typeof operations;
type Options<F> = F extends (options: infer O) => unknown ? NonNullable<O> : F extends (options?: infer O) => unknown ? NonNullable<O> : never;

// `body?: never` is how the generator says that there is none.
type Input<O> = Pick<O, { [K in keyof O]: K extends 'body' | 'path' | 'query' ? ([NonNullable<O[K]>] extends [never] ? never : K) : never }[keyof O]>;

type TakesHeader<O, Name extends string> = O extends { headers?: infer H } ? (Name extends keyof NonNullable<H> ? true : false) : false;

interface IfMatch {
  /** The `etag` you last read: the write is refused with 412 `precondition_failed` when the resource has changed since. */
  ifMatch?: string | undefined;
}
interface IfNoneMatch {
  /** The `etag` of the copy you have: the call returns undefined while that copy is current. */
  ifNoneMatch: string | undefined;
}
interface IdempotencyKey {
  /**
   * Makes it safe to send this write again within 24 hours. The client makes a key for each call, so its own retries are safe. Pass a key
   * when a person may repeat the call, by a second tap or after a reload: one `crypto.randomUUID()` per intention, not per attempt.
   */
  idempotencyKey?: string | undefined;
}

/** The arguments of an operation. */
export type ArgsOf<Id extends OperationId> = Input<Options<Sdk[Id]>> & CallOptions
  & (TakesHeader<Options<Sdk[Id]>, 'If-Match'> extends true ? IfMatch : unknown)
  & (TakesHeader<Options<Sdk[Id]>, 'Idempotency-Key'> extends true ? IdempotencyKey : unknown);

/** The data that an operation returns. */
export type ResultOf<Id extends OperationId> = Sdk[Id] extends (...args: never) => Promise<infer R>
  // The generated type includes undefined for callers that do not throw, and is unknown where the response has no body.
  ? (unknown extends R ? void : Exclude<R, undefined>)
  : never;

/** The whole response: the data, the status and the headers. */
export interface ApiResponse<T> {
  data: T;
  status: number;
  headers: Headers;
  /** For `ifMatch` and `ifNoneMatch`. */
  etag: string | undefined;
  requestId: string;
  /** True when the copy you have is current; `data` is undefined then. */
  notModified: boolean;
}

/** A promise of the data that can also return the whole response: `const { data, etag } = await api.getMe().withResponse()`. */
export interface Call<T> extends Promise<T> {
  withResponse(): Promise<ApiResponse<T>>;
}

type CallParameters<A> = Record<never, never> extends A ? [args?: A] : [args: A];
type Plain<A, T> = (...args: CallParameters<A>) => Call<T>;
interface Conditional<A, T> {
  (...args: CallParameters<A>): Call<T>;
  (args: A & IfNoneMatch): Call<T | undefined>;
}
// One connection, without the resuming of ./coach. In the contract `data` is text that contains JSON; here it is parsed.
interface StreamedData {
  streamMessage: CoachEvent;
}
interface StreamedEvent<Id extends OperationId> {
  id: string;
  event?: string;
  data: Id extends keyof StreamedData ? StreamedData[Id] : unknown;
}
type Stream<Id extends OperationId> = (...args: CallParameters<ArgsOf<Id>>) => Promise<AsyncIterable<StreamedEvent<Id>>>;

type Operation<Id extends OperationId> = ResultOf<Id> extends { stream: AsyncGenerator } ? Stream<Id>
  : TakesHeader<Options<Sdk[Id]>, 'If-None-Match'> extends true ? Conditional<ArgsOf<Id>, ResultOf<Id>>
  : Plain<ArgsOf<Id>, ResultOf<Id>>;

export type OperationId = keyof Sdk;

/** One method per operation of the contract, under its operationId. */
export type Api = { readonly [Id in keyof Sdk]: Operation<Id> } & {
  /** The generated client, for the functions of `./sdk` and `./query`. */
  readonly client: Client;
};

export function createClient(config: ClientConfig): Api {
  const client = createTransport(config);
  const api: Record<string, unknown> = { client };
  for (const [id, operation] of Object.entries(operations)) {
    api[id] = (args?: AnyArgs) => invoke(operation as GeneratedOperation, client, args);
  }
  return Object.freeze(api) as Api;
}

type AnyArgs = CallOptions & IfMatch & Partial<IfNoneMatch> & IdempotencyKey;
/** @internal A generated function. */
export type GeneratedOperation = (options: never) => Promise<unknown>;
type Generated = (options: Record<string, unknown>) => Promise<unknown>;

/** @internal */
export function invoke(generated: GeneratedOperation, client: Client, { ifMatch, ifNoneMatch, idempotencyKey, headers, ...args }: AnyArgs = {}): Call<unknown> {
  const operation = generated as Generated;
  const events = new Events();
  const response = operation({
    ...args,
    client,
    headers: { 'If-Match': ifMatch, 'If-None-Match': ifNoneMatch, 'Idempotency-Key': idempotencyKey, ...headers },
    responseStyle: 'fields',
    throwOnError: true,
    ...events.hooks,
  }).then((result): ApiResponse<unknown> => {
    const { data, response, stream } = result as { data?: unknown; response?: Response; stream?: AsyncGenerator };
    return toApiResponse(response?.headers ?? new Headers(), response?.status ?? 0, stream ? events.from(stream) : (data ?? undefined));
  }).catch((error: unknown) => {
    if (ifNoneMatch !== undefined && error instanceof NotModified) return toApiResponse(error.headers, 304, undefined);
    throw error;
  });
  const data = response.then((whole) => whole.data);
  return Object.assign(data, {
    withResponse() {
      data.catch(() => {}); // the failure is reported by the promise that is returned here
      return response;
    },
  });
}

function toApiResponse<T>(headers: Headers, status: number, data: T): ApiResponse<T> {
  return {
    data,
    status,
    headers,
    etag: headers.get('ETag') ?? undefined,
    requestId: headers.get('X-Request-ID') ?? '',
    notModified: status === 304,
  };
}

// The generated stream yields only the data of an event and ends without an error when the connection is lost.
// This one yields {event, id, data}, as the contract describes events, and throws a NetworkError.
class Events {
  #last: unknown;
  #failure: { error: unknown } | undefined;

  readonly hooks = {
    onSseEvent: (event: unknown): void => {
      this.#last = event;
    },
    onSseError: (error: unknown): void => {
      this.#failure = { error };
    },
  };

  async *from(stream: AsyncGenerator): AsyncGenerator {
    for await (const _ of stream) yield this.#last;
    if (this.#failure) throw asNetworkError(this.#failure.error);
  }
}

type List = (args: never) => PromiseLike<{ data: unknown[]; next_cursor?: string }>;

/** Every entry of a list, page after page: `for await (const session of each(api.listSessions)) …`. */
export async function* each<F extends List>(list: F, args?: Parameters<F>[0]): AsyncGenerator<Awaited<ReturnType<F>>['data'][number], void, undefined> {
  const given: { query?: { cursor?: string } } | undefined = args;
  let cursor = given?.query?.cursor;
  do {
    const page = await list({ ...given, query: { ...given?.query, ...(cursor === undefined ? {} : { cursor }) } } as never);
    yield* page.data as Awaited<ReturnType<F>>['data'][number][];
    cursor = page.next_cursor;
  } while (cursor !== undefined);
}
