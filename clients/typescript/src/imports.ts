// Importing a file of a sports watch, also one that is worked in the background.
import type { Api, ArgsOf } from './client.js';
import { ApiError } from './errors.js';
import type { ActivityImport, ImportTask } from './gen/types.gen.js';

export type ImportFileArgs = ArgsOf<'importActivity'> & {
  /** Called while the file is worked in the background, about once a second. */
  onProgress?: ((task: ImportTask) => void) | undefined;
};

/**
 * Imports a file and returns what became of it: `importFile(api, { body: file })`. A large file is worked in the background, and this waits for
 * its end. Aborting `signal` ends the waiting; a file that was sent is imported nevertheless. Throws an ApiError when the file is refused, at
 * once or in the background.
 */
export async function importFile(api: Pick<Api, 'importActivity' | 'getActivityImport'>, { onProgress, ...args }: ImportFileArgs): Promise<ActivityImport> {
  const sent = await api.importActivity(args);
  if (!('status' in sent)) return sent;
  const wait = onProgress ? 1 : 20; // seconds
  let task = sent;
  while (task.completed_at === undefined) {
    onProgress?.(task);
    task = await api.getActivityImport({ path: { id: task.id }, query: { wait }, timeout: (wait + 15) * 1000, signal: args.signal, retries: args.retries });
  }
  if (task.result) return task.result;
  throw new ApiError({ type: 'InternalError', status: 500, code: 'import_failed', detail: 'The file could not be imported.', ...task.problem, request_id: '' });
}
