// TanStack Query for every operation: `useQuery(getMeOptions())`, `useMutation(updateMeMutation())`.
import { client as fallback } from './gen/client.gen.js';
import { isTransient } from './errors.js';
import type { Api } from './client.js';

export * from './gen/@tanstack/react-query.gen.js';

/**
 * Makes `api` the client of all options that are called without one. Call it once at start, in browsers only:
 * on a server that renders for many people pass `{ client: api.client }` to each function instead.
 */
export function useByDefault(api: Pick<Api, 'client'>): void {
  fallback.setConfig(api.client.getConfig());
  for (const kind of ['request', 'error'] as const) {
    fallback.interceptors[kind].clear();
    fallback.interceptors[kind].fns.push(...(api.client.interceptors[kind].fns as never[]));
  }
}

/** The page parameters of an infinite query: `useInfiniteQuery({ ...listSessionsInfiniteOptions(), ...pages })`. */
export const pages = {
  // Not '': the server refuses an empty cursor; an empty object sends none.
  initialPageParam: {},
  getNextPageParam: (page: { next_cursor?: string }): string | undefined => page.next_cursor,
};

/** Defaults for `new QueryClient({ defaultOptions })`: retries only what may succeed later, so a 404 is asked once. */
export const defaultOptions = {
  queries: { retry: (count: number, error: unknown): boolean => count < 2 && isTransient(error) },
};
