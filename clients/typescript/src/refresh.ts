// One refresh of the session, shared by all calls that found their access token expired.

/** When a request was sent: the number of refreshes finished by then, and the time. */
export interface SentAt {
  readonly round: number;
  readonly time: number;
}

export class SharedRefresh {
  #round = 0;
  #last: Promise<void> = Promise.resolve();
  #running = false;

  constructor(private readonly refresh: (since: number) => Promise<unknown>) {}

  now(): SentAt {
    return { round: this.#round, time: Date.now() };
  }

  /**
   * Resolves when the credentials are newer than those of a request sent at `sent`. Calls that were sent before the refresh
   * ended share it and its failure, also when their 401 arrives after it. Later calls start another refresh.
   */
  since(sent: SentAt): Promise<void> {
    if (!this.#running && sent.round === this.#round) {
      this.#running = true;
      this.#last = this.refresh(sent.time).then(
        () => this.#end(),
        (error: unknown) => {
          this.#end();
          throw error;
        },
      );
    }
    return this.#last;
  }

  #end(): void {
    this.#running = false;
    this.#round++;
  }
}

// How long a tab waits for the refresh of another tab: a tab that was frozen while it refreshed must not block all others.
const lockTimeout = 10_000;
// How long a tab holds the marker of its refresh: longer than a request of another tab can take. Not for ever, because
// the browser's back cache does not keep a page that holds a lock.
const markerLifetime = 10_000;

/**
 * Runs `work` in one tab at a time: everything that changes the cookies, which all tabs share. Outside of pages there is no
 * lock; every client works on its own, which the server allows.
 */
export async function inOneTab<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = tabLocks();
  if (!locks) return work();
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), lockTimeout);
  let started = false;
  try {
    return await locks.request(name, { signal: waiting.signal }, () => {
      started = true;
      clearTimeout(timer);
      return work();
    }) as T;
  } catch (error) {
    if (started || !waiting.signal.aborted) throw error;
    return work();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs `refresh` in one tab at a time, and not at all when another tab has refreshed since `since`. A tab marks its refresh by
 * holding a lock with the time in its name. Storage would not work: another process may read the old value after it got the lock.
 */
export function refreshInOneTab(name: string, since: number, refresh: () => Promise<unknown>): Promise<void> {
  return inOneTab(name, async () => {
    const locks = tabLocks();
    const { held = [] } = await locks?.query() ?? {};
    if (held.some((lock) => lock.name?.startsWith(`${name}@`) && Number(lock.name.slice(name.length + 1)) > since)) return;
    await refresh();
    if (locks) await mark(locks, name);
  });
}

function mark(locks: LockManager, name: string): Promise<void> {
  return new Promise((resolve) => {
    void locks.request(`${name}@${Date.now()}`, () => {
      resolve();
      return new Promise((release) => setTimeout(release, markerLifetime));
    });
  });
}

function tabLocks(): LockManager | undefined {
  const page = globalThis as { document?: unknown; navigator?: { locks?: LockManager } };
  return page.document ? page.navigator?.locks : undefined;
}
