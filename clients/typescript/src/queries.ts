// What the functions of ./query share. gen/query.gen.ts has one line per operation.
import { QueryClient, replaceEqualDeep, type DataTag, type QueryClientConfig, type QueryFunctionContext } from '@tanstack/react-query';
import { changes } from './gen/changes.gen.js';
import type { Client } from './gen/client/index.js';
import { invoke, type ArgsOf, type GeneratedOperation, type Api, type ApiResponse, type OperationId, type ResultOf } from './client.js';
import { isTransient, type ApiError, type NetworkError, type TimeoutError } from './errors.js';
import { keySourceOf } from './transport.js';

/** What a query or a mutation can fail with. */
export type CallError = ApiError | NetworkError | TimeoutError;

interface WithClient {
  /** `api.client`, where one process works for many people. Without it the api of `setDefaultApi` is used. */
  client?: Client | undefined;
}

/** The arguments of a query. TanStack Query passes the signal and counts the retries. */
export type ReadArgs<Id extends OperationId> = Omit<ArgsOf<Id>, 'signal' | 'retries' | 'ifNoneMatch' | 'ifMatch' | 'idempotencyKey'> & WithClient;

/** The variables of a mutation. */
export type WriteArgs<Id extends OperationId> = Omit<ArgsOf<Id>, 'retries'> & WithClient;

type Optional<A> = Record<never, never> extends A ? [args?: A] : [args: A];
type Variables<A> = Record<never, never> extends A ? A | void : A;

// Never set; it tells TanStack Query the type of the error.
interface FailsWith {
  retry?: (failureCount: number, error: CallError) => boolean;
}

/** The key of an operation's queries: its id, then what the result depends on. */
export type ReadKey<Id extends OperationId> = readonly [Id, ...unknown[]];

/** Options for `useQuery`, `useSuspenseQuery`, `fetchQuery`, `prefetchQuery`, … */
export interface ReadOptions<Id extends OperationId, T = ResultOf<Id>> extends FailsWith {
  queryKey: DataTag<ReadKey<Id>, T, CallError>;
  queryFn: (context: QueryFunctionContext<ReadKey<Id>>) => Promise<T>;
  structuralSharing: (previous: unknown, next: unknown) => unknown;
}

/** The pages of an infinite query. */
export interface Pages<T> {
  pages: T[];
  pageParams: (string | undefined)[];
}

/** Options for `useInfiniteQuery`, `useSuspenseInfiniteQuery`, `fetchInfiniteQuery`, … */
export interface PagesOptions<Id extends OperationId, T = ResultOf<Id>> extends FailsWith {
  queryKey: DataTag<ReadKey<Id>, Pages<T>, CallError>;
  queryFn: (context: QueryFunctionContext<ReadKey<Id>, string | undefined>) => Promise<T>;
  initialPageParam: string | undefined;
  getNextPageParam: (page: T) => string | undefined;
}

/** Options for `useMutation`. */
export interface WriteOptions<Id extends OperationId, T = ResultOf<Id>> extends FailsWith {
  mutationKey: readonly [Id];
  mutationFn: (variables: Variables<WriteArgs<Id>>, context?: unknown) => Promise<T>;
}

export type Read<Id extends OperationId> = (...args: Optional<ReadArgs<Id>>) => ReadOptions<Id>;
export type ReadPages<Id extends OperationId> = (...args: Optional<ReadArgs<Id>>) => PagesOptions<Id>;
export type ReadKeyOf<Id extends OperationId, T = ResultOf<Id>> = (...args: Optional<ReadArgs<Id>>) => DataTag<ReadKey<Id>, T, CallError>;
export type Write<Id extends OperationId> = (defaults?: Partial<WriteArgs<Id>>) => WriteOptions<Id>;

type Loose = Record<string, unknown> & WithClient;

let defaultClient: Client | undefined;

/**
 * Makes `api` the client of all options that name none. Call it once at start, in browsers only: where one process renders
 * for many people pass `{ client: api.client }` to each function instead.
 */
export function setDefaultApi(api: Pick<Api, 'client'>): void {
  defaultClient = api.client;
}

function clientOf(client: Client | undefined): Client {
  const chosen = client ?? defaultClient;
  if (!chosen) throw new TypeError('There is no client: call setDefaultApi(api) once, or pass { client: api.client }.');
  return chosen;
}

/** @internal */
export function readKey<Id extends OperationId>(id: Id): ReadKeyOf<Id> {
  return ((args?: Loose) => keyOf(id, args)) as unknown as ReadKeyOf<Id>;
}

/** @internal */
export function read<Id extends OperationId>(id: Id, operation: GeneratedOperation, conditional: boolean): Read<Id> {
  return (({ client, ...args }: Loose = {}) => {
    const queryKey = keyOf(id, args);
    return {
      queryKey,
      queryFn: async ({ client: queries, signal }: QueryFunctionContext) => {
        const previous = conditional ? queries.getQueryData(queryKey) : undefined;
        const retry = queries.getQueryCache().find({ queryKey, exact: true })?.options.retry;
        const response = await invoke(operation, clientOf(client), { ...args, ifNoneMatch: etagOf(previous), signal, ...countOnce(retry, 3) }).withResponse();
        return response.notModified ? previous : rememberETag(response);
      },
      structuralSharing: share,
    };
  }) as unknown as Read<Id>;
}

/** @internal */
export function readPages<Id extends OperationId>(id: Id, operation: GeneratedOperation): ReadPages<Id> {
  return (({ client, ...args }: Loose = {}) => {
    const queryKey = keyOf(id, args, 'pages');
    return {
      queryKey,
      queryFn: ({ client: queries, signal, pageParam }: QueryFunctionContext<readonly unknown[], string | undefined>) => {
        const retry = queries.getQueryCache().find({ queryKey, exact: true })?.options.retry;
        const query = { ...(args['query'] as object | undefined), ...(pageParam === undefined ? {} : { cursor: pageParam }) };
        return invoke(operation, clientOf(client), { ...args, query, signal, ...countOnce(retry, 3) } as never);
      },
      initialPageParam: (args['query'] as { cursor?: string } | undefined)?.cursor,
      getNextPageParam: (page: { next_cursor?: string }) => page.next_cursor,
    };
  }) as unknown as ReadPages<Id>;
}

// The key of the mutate() call that is under way or has failed for now, by its variables: TanStack Query calls the mutation
// function again with the same object.
const intentions = new WeakMap<object, string>();

/** @internal */
export function write<Id extends OperationId>(id: Id, operation: GeneratedOperation, takesKey: boolean): Write<Id> {
  return ((defaults: Loose = {}) => ({
    mutationKey: [id] as const,
    mutationFn: async (variables: Loose | void, context?: { client?: QueryClient }) => {
      const { client, ...args }: Loose = { ...defaults, ...variables };
      const chosen = clientOf(client);
      const intention = variables ?? defaults;
      if (takesKey && args['idempotencyKey'] === undefined) {
        args['idempotencyKey'] = intentions.get(intention) ?? keySourceOf(chosen)();
        intentions.set(intention, args['idempotencyKey'] as string);
      }
      try {
        const mutation = context?.client?.getMutationCache().find({ predicate: ({ state }) => state.status === 'pending' && state.variables === variables });
        const response = await invoke(operation, chosen, { ...args, ...countOnce(mutation?.options.retry, 0) }).withResponse();
        intentions.delete(intention);
        return rememberETag(response);
      } catch (error) {
        if (!isTransient(error)) intentions.delete(intention); // refused: the next attempt is another request
        throw error;
      }
    },
  })) as unknown as Write<Id>;
}

// Retries are counted in one place: by TanStack Query where it retries, else by the client.
function countOnce(retry: unknown, byDefault: number): { retries?: number } {
  const effective = retry ?? ('document' in globalThis ? byDefault : 0);
  return effective === false || effective === 0 ? {} : { retries: 0 };
}

function keyOf(id: string, args: Record<string, unknown> = {}, ...kind: string[]): readonly unknown[] {
  // Not the address of the API, which a server that renders and the browser may know under different names.
  const parts = Object.fromEntries(['path', 'query', 'body'].filter((part) => args[part] !== undefined).map((part) => [part, args[part]]));
  return [id, ...kind, ...(Object.keys(parts).length > 0 ? [parts] : [])];
}

const etags = new WeakMap<object, string>();

/** The ETag of data that a query or a mutation has returned, for `ifMatch`. Undefined for copies, for selected parts and after hydration. */
export function etagOf(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null ? etags.get(data) : undefined;
}

function rememberETag({ data, etag }: ApiResponse<unknown>): unknown {
  if (etag !== undefined && typeof data === 'object' && data !== null) etags.set(data, etag);
  return data;
}

// TanStack Query's own structural sharing makes a new object; the ETag moves on to it.
function share(previous: unknown, next: unknown): unknown {
  const shared = replaceEqualDeep(previous, next) as unknown;
  rememberETag({ data: shared, etag: etagOf(next) } as ApiResponse<unknown>);
  return shared;
}

/** Defaults for `new QueryClient({ defaultOptions })`: two retries, only of what may succeed later, after `Retry-After` if the server sent it. */
export const defaultOptions = {
  queries: {
    retry: (count: number, error: unknown): boolean => count < 2 && isTransient(error),
    retryDelay: (attempt: number, error: unknown): number => {
      const seconds = (error as { retryAfter?: number }).retryAfter;
      return seconds === undefined ? Math.min(200 * 2 ** attempt, 5000) : Math.min(seconds * 1000, 30_000);
    },
  },
};

/** A QueryClient with `defaultOptions` that refetches after each write what the write has changed. */
export function createQueryClient(config: QueryClientConfig = {}): QueryClient {
  const given = config.defaultOptions;
  const queries = new QueryClient({ ...config, defaultOptions: { ...given, queries: { ...defaultOptions.queries, ...given?.queries } } });
  invalidateAfterWrites(queries);
  return queries;
}

/** After each successful write, invalidates the queries that it changes. Returns a function that stops it. */
export function invalidateAfterWrites(queries: QueryClient): () => void {
  return queries.getMutationCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    const id = event.mutation.options.mutationKey?.[0];
    if (typeof id === 'string' && id in changes) void invalidateChanged(queries, id as keyof typeof changes);
  });
}

/** Invalidates the queries whose results a write changes: `await invalidateChanged(queryClient, 'createMeal')`. */
export function invalidateChanged(queries: QueryClient, id: keyof typeof changes): Promise<void> {
  const reads: readonly string[] = changes[id];
  return queries.invalidateQueries({ predicate: ({ queryKey }) => reads.includes(String(queryKey[0])) });
}

/** A mutation with the callbacks that show its result before the server has it. */
export interface OptimisticOptions<Id extends OperationId> extends WriteOptions<Id> {
  onMutate: (variables: Variables<WriteArgs<Id>>) => Promise<{ previous: unknown }>;
  onError: (error: CallError, variables: Variables<WriteArgs<Id>>, context: { previous: unknown } | undefined) => void;
  onSettled: () => Promise<void>;
}

/**
 * Shows the result of a write before the server has it, and restores the old data when the write fails:
 * `useMutation(optimisticUpdate(queryClient, updateMeMutation(), getMeQueryKey(), (me, { body }) => ({ ...me, language: body.language ?? me.language })))`.
 */
export function optimisticUpdate<Id extends OperationId, T>(
  queries: QueryClient, mutation: WriteOptions<Id>, queryKey: DataTag<readonly unknown[], T, CallError>, update: (current: T, variables: WriteArgs<Id>) => T,
): OptimisticOptions<Id> {
  const key: readonly unknown[] = queryKey;
  return {
    ...mutation,
    async onMutate(variables) {
      await queries.cancelQueries({ queryKey: key });
      const previous = queries.getQueryData(key);
      if (previous !== undefined) {
        const next = update(previous as T, variables as WriteArgs<Id>);
        rememberETag({ data: next, etag: etagOf(previous) } as ApiResponse<unknown>);
        queries.setQueryData(key, next);
      }
      return { previous };
    },
    onError(_error, _variables, context) {
      if (context?.previous !== undefined) queries.setQueryData(key, context.previous);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  };
}
