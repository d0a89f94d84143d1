// One renewal for however many calls found their token expired.

/** When a request left: which renewal had been done by then, and at what time. */
export interface Moment {
  readonly round: number;
  readonly at: number;
}

export class Renewal {
  #round = 0;
  #last: Promise<void> = Promise.resolve();
  #running = false;

  constructor(private readonly renew: (since: number) => Promise<unknown>) {}

  now(): Moment {
    return { round: this.#round, at: Date.now() };
  }

  /**
   * Resolves when the credentials are newer than a request that left at `sent`. Calls that left before the
   * renewal ended share it and its failure, also when their 401 comes after it; the next ones start another.
   */
  after(sent: Moment): Promise<void> {
    if (!this.#running && sent.round === this.#round) {
      this.#running = true;
      this.#last = this.renew(sent.at).then(
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

// How long a tab waits for another one's renewal; a tab that was frozen in the middle must not stop all others.
const patience = 10_000;
// How long a tab shows that it has renewed: longer than another tab's request can be on its way. Not for ever, since a
// page that holds a lock is not kept for the browser's back button.
const shown = 10_000;

/**
 * Runs `renew` in one tab at a time, and not at all when another tab has done it since `since`: they share their cookies.
 * A tab shows that it has renewed by holding a lock with the time in its name. Storage would not do: another process
 * may read the old value after it got the lock. Outside of pages everybody renews for themselves, which the server allows.
 */
export async function throughOneTab(name: string, since: number, renew: () => Promise<unknown>): Promise<void> {
  const locks = 'document' in globalThis ? globalThis.navigator.locks : undefined;
  if (!locks) {
    await renew();
    return;
  }
  const work = async (): Promise<void> => {
    const { held = [] } = await locks.query();
    if (held.some((lock) => lock.name?.startsWith(`${name}@`) && Number(lock.name.slice(name.length + 1)) > since)) return;
    await renew();
    await new Promise<void>((resolve) => {
      void locks.request(`${name}@${Date.now()}`, () => {
        resolve();
        return new Promise((release) => setTimeout(release, shown));
      });
    });
  };
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), patience);
  try {
    await locks.request(name, { signal: waiting.signal }, () => {
      clearTimeout(timer);
      return work();
    });
  } catch (error) {
    if (!waiting.signal.aborted) throw error;
    await renew();
  } finally {
    clearTimeout(timer);
  }
}
