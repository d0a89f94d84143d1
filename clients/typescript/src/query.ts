// TanStack Query for every operation: `useQuery(getMeOptions())`, `useMutation(updateMeMutation())`.
import { client as fallback } from './gen/client.gen.js';
import { isTransient } from './errors.js';
import type { Api } from './client.js';

export * from './gen/@tanstack/react-query.gen.js';

/**
 * Makes `api` the client of all options that name none. For browsers, once at start;
 * on a server that renders for many people pass `{ client: api.client }` to each instead.
 */
export function useByDefault(api: Pick<Api, 'client'>): void {
  fallback.setConfig(api.client.getConfig());
  for (const kind of ['request', 'error'] as const) {
    fallback.interceptors[kind].clear();
    fallback.interceptors[kind].fns.push(...(api.client.interceptors[kind].fns as never[]));
  }
}

/** The paging half of an infinite query: `useInfiniteQuery({ ...listSessionsInfiniteOptions(), ...pages })`. */
export const pages = {
  // Not '': an empty cursor is refused, an empty page parameter sends none.
  initialPageParam: {},
  getNextPageParam: (page: { next_cursor?: string }): string | undefined => page.next_cursor,
};

/** Sane defaults for `new QueryClient({ defaultOptions })`: repeats what may succeed later, and not a 404 three times. */
export const defaultOptions = {
  queries: { retry: (count: number, error: unknown): boolean => count < 2 && isTransient(error) },
};
