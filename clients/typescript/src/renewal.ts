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

/**
 * Runs `renew` in one tab at a time, and not at all when another tab has done it since `since`: they share their cookies.
 * Without Web Locks or storage every tab renews for itself, which the server allows.
 */
export async function throughOneTab(name: string, since: number, renew: () => Promise<unknown>): Promise<void> {
  const work = async (): Promise<void> => {
    const last = lastRenewal(name);
    if (last > since && last <= Date.now()) return; // later than now: somebody turned the clock back
    await renew();
    noteRenewal(name);
  };
  const locks = globalThis.navigator?.locks;
  if (!locks) return work();
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), patience);
  try {
    await locks.request(name, { signal: waiting.signal }, () => {
      clearTimeout(timer);
      return work();
    });
  } catch (error) {
    if (!waiting.signal.aborted) throw error;
    await work();
  } finally {
    clearTimeout(timer);
  }
}

// Only a time is stored, never a credential. Storage may be missing (workers, servers) or forbidden.
function lastRenewal(name: string): number {
  try {
    return 'document' in globalThis ? Number(localStorage.getItem(name)) : 0;
  } catch {
    return 0;
  }
}

function noteRenewal(name: string): void {
  try {
    if ('document' in globalThis) localStorage.setItem(name, String(Date.now()));
  } catch {
    // The next tab renews for itself.
  }
}
