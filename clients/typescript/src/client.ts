// All operations of the contract as methods: `const me = await api.getMe()`.
import * as operations from './gen/sdk.gen.js';
import type { Client } from './gen/client/index.js';
import { asNetworkError, NotModified } from './errors.js';
import { createTransport, type CallOptions, type ClientConfig } from './transport.js';

type Sdk = typeof operations;
type Options<F> = F extends (options: infer O) => unknown ? NonNullable<O> : F extends (options?: infer O) => unknown ? NonNullable<O> : never;

// `body?: never` is how the generator says that there is none.
type Input<O> = Pick<O, { [K in keyof O]: K extends 'body' | 'path' | 'query' ? ([NonNullable<O[K]>] extends [never] ? never : K) : never }[keyof O]>;

type TakesHeader<O, Name extends string> = O extends { headers?: infer H } ? (Name extends keyof NonNullable<H> ? true : false) : false;

interface IfMatch {
  /** The `etag` you last saw: the write is refused with 412 `precondition_failed` when the resource has moved on since. */
  ifMatch?: string | undefined;
}
interface IfNoneMatch {
  /** The `etag` you hold: the call returns undefined when it is still current. */
  ifNoneMatch: string | undefined;
}
interface IdempotencyKey {
  /**
   * Makes repeating this write safe for 24 hours. Every call gets one by itself, so its own tries are safe; give one when a person
   * may repeat the call, by a second tap or after a reload: `crypto.randomUUID()` once per intention, not per try.
   */
  idempotencyKey?: string | undefined;
}

/** What an operation takes. */
export type ArgsOf<Id extends OperationId> = Input<Options<Sdk[Id]>> & CallOptions
  & (TakesHeader<Options<Sdk[Id]>, 'If-Match'> extends true ? IfMatch : unknown)
  & (TakesHeader<Options<Sdk[Id]>, 'Idempotency-Key'> extends true ? IdempotencyKey : unknown);

/** What an operation returns. */
export type ResultOf<Id extends OperationId> = Sdk[Id] extends (...args: never) => Promise<infer R>
  // The generator adds undefined for callers who do not want to throw, and says unknown where an answer has no body.
  ? (unknown extends R ? void : Exclude<R, undefined>)
  : never;

/** The answer around the data. */
export interface Answer<T> {
  data: T;
  status: number;
  headers: Headers;
  /** For `ifMatch` and `ifNoneMatch`. */
  etag: string | undefined;
  requestId: string;
  /** Whether what you hold is still current; `data` is undefined then. */
  notModified: boolean;
}

/** A promise of the data that can also give the whole answer: `const { data, etag } = await api.getMe().withResponse()`. */
export interface Call<T> extends Promise<T> {
  withResponse(): Promise<Answer<T>>;
}

type Rest<A> = Record<never, never> extends A ? [args?: A] : [args: A];
type Plain<A, T> = (...args: Rest<A>) => Call<T>;
interface Conditional<A, T> {
  (...args: Rest<A>): Call<T>;
  (args: A & IfNoneMatch): Call<T | undefined>;
}
type Stream<A, E> = (...args: Rest<A>) => Promise<AsyncIterable<E>>;

type Operation<Id extends OperationId> = ResultOf<Id> extends { stream: AsyncGenerator<infer E> } ? Stream<ArgsOf<Id>, E>
  : TakesHeader<Options<Sdk[Id]>, 'If-None-Match'> extends true ? Conditional<ArgsOf<Id>, ResultOf<Id>>
  : Plain<ArgsOf<Id>, ResultOf<Id>>;

export type OperationId = keyof Sdk;

/** One method per operation of the contract, under its operationId. */
export type Api = { readonly [Id in keyof Sdk]: Operation<Id> } & {
  /** The generated client underneath, for the functions of `./sdk` and `./query`. */
  readonly client: Client;
};

export function createClient(config: ClientConfig): Api {
  const client = createTransport(config);
  const api: Record<string, unknown> = { client };
  for (const [id, operation] of Object.entries(operations)) {
    api[id] = (args?: AnyArgs) => invoke(operation as Generated, client, args);
  }
  return Object.freeze(api) as Api;
}

type AnyArgs = CallOptions & IfMatch & Partial<IfNoneMatch> & IdempotencyKey;
type Generated = (options: Record<string, unknown>) => Promise<unknown>;

/** @internal */
export function invoke(operation: Generated, client: Client, { ifMatch, ifNoneMatch, idempotencyKey, headers, ...args }: AnyArgs = {}): Call<unknown> {
  const events = new Events();
  const answer = operation({
    ...args,
    client,
    headers: { 'If-Match': ifMatch, 'If-None-Match': ifNoneMatch, 'Idempotency-Key': idempotencyKey, ...headers },
    responseStyle: 'fields',
    throwOnError: true,
    ...events.hooks,
  }).then((result): Answer<unknown> => {
    const { data, response, stream } = result as { data?: unknown; response?: Response; stream?: AsyncGenerator };
    return describe(response?.headers ?? new Headers(), response?.status ?? 0, stream ? events.from(stream) : (data ?? undefined));
  }).catch((error: unknown) => {
    if (ifNoneMatch !== undefined && error instanceof NotModified) return describe(error.headers, 304, undefined);
    throw error;
  });
  const data = answer.then((whole) => whole.data);
  return Object.assign(data, {
    withResponse() {
      data.catch(() => {}); // who takes the whole answer hears of its failure there
      return answer;
    },
  });
}

function describe<T>(headers: Headers, status: number, data: T): Answer<T> {
  return {
    data,
    status,
    headers,
    etag: headers.get('ETag') ?? undefined,
    requestId: headers.get('X-Request-ID') ?? '',
    notModified: status === 304,
  };
}

// The generated stream yields only the data of an event and ends silently when it breaks;
// this one yields {event, id, data}, as the contract describes them, and throws.
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
