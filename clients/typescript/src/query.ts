// TanStack Query for every operation: `useQuery(getMeOptions())`, `useMutation(updateMeMutation())`.
export * from './gen/query.gen.js';
export { changes } from './gen/changes.gen.js';
export {
  createQueryClient, defaultOptions, etagOf, invalidateAfterWrites, invalidateChanged, optimisticUpdate, setDefaultApi,
  type CallError, type OptimisticOptions, type Pages, type PagesOptions, type Read, type ReadArgs, type ReadKey, type ReadKeyOf, type ReadOptions,
  type ReadPages, type Write, type WriteArgs, type WriteOptions,
} from './queries.js';
