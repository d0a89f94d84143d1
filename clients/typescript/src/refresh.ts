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
 * Runs `refresh` in one tab at a time, and not at all when another tab has refreshed since `since`: tabs share their cookies.
 * A tab marks its refresh by holding a lock with the time in its name. Storage would not work: another process may read the
 * old value after it got the lock. Outside of pages every client refreshes on its own, which the server allows.
 */
export async function refreshInOneTab(name: string, since: number, refresh: () => Promise<unknown>): Promise<void> {
  const locks = 'document' in globalThis ? globalThis.navigator.locks : undefined;
  if (!locks) {
    await refresh();
    return;
  }
  const refreshIfNeeded = async (): Promise<void> => {
    const { held = [] } = await locks.query();
    if (held.some((lock) => lock.name?.startsWith(`${name}@`) && Number(lock.name.slice(name.length + 1)) > since)) return;
    await refresh();
    await new Promise<void>((resolve) => {
      void locks.request(`${name}@${Date.now()}`, () => {
        resolve();
        return new Promise((release) => setTimeout(release, markerLifetime));
      });
    });
  };
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), lockTimeout);
  try {
    await locks.request(name, { signal: waiting.signal }, () => {
      clearTimeout(timer);
      return refreshIfNeeded();
    });
  } catch (error) {
    if (!waiting.signal.aborted) throw error;
    await refresh();
  } finally {
    clearTimeout(timer);
  }
}
