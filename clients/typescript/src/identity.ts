// Which person the page works for. The tabs of a browser share their cookies: when somebody signs in as another person in one
// tab, the other tabs still show the first person. Their writes must not go into the account of the second.
import { wrongUser, type ApiError } from './errors.js';

/** The signed-in person has changed: in this tab, in another tab, or unnoticed until a response said so. */
export interface AuthChange {
  /** The id of the person who is signed in now; undefined when nobody is. */
  readonly user: string | undefined;
  /** The id of the person that the page worked for until now. */
  readonly previous: string | undefined;
  /** What showed the change: a call of this client, another tab, or a response that was made for another person. */
  readonly source: 'this_tab' | 'other_tab' | 'response';
  /**
   * Makes the client work for the new person. Call it after you have removed everything of the previous person from the page.
   * Until then calls are refused with `wrong_user`; reloading the page has the same effect. Not needed after `this_tab`.
   */
  accept(): void;
}

type Tell = (change: AuthChange) => void;

export class Identity {
  #expected: string | undefined;
  // What is known of the browser's cookies: undefined: nothing yet; null: nobody is signed in.
  #signedIn: string | null | undefined;
  #channel: BroadcastChannel | undefined;

  /** `name` is the same for all tabs of one API. */
  constructor(private readonly name: string, private readonly tell: Tell | undefined) {
    this.#channel = this.#open();
  }

  /** The person that the page works for. */
  get expected(): string | undefined {
    return this.#expected;
  }

  /** A call of this client has signed somebody in (or out: undefined). */
  changed(user: string | undefined): void {
    const previous = this.#expected;
    this.#expected = user;
    this.#signedIn = user ?? null;
    this.#channel?.postMessage({ user: user ?? null });
    if (previous !== user) this.#report(user, previous, 'this_tab');
  }

  /** Refuses a write when the browser is known to belong to another person than the page works for. */
  checkWrite(): void {
    if (this.#expected !== undefined && typeof this.#signedIn === 'string' && this.#signedIn !== this.#expected) throw wrongUser();
  }

  /** Checks the person of a response; `sentFor` is the person that the page worked for when the request was sent. */
  checkResponse(user: string | undefined, sentFor: string | undefined, error?: ApiError): void {
    const refused = error?.code === 'wrong_user';
    if (user !== undefined && sentFor === undefined && this.#expected === undefined) {
      this.#expected = user;
      this.#signedIn = user;
      return;
    }
    // The page has changed its person while the request was on its way.
    if (sentFor !== undefined && sentFor !== this.#expected) throw error ?? wrongUser();
    if (user === undefined) return;
    if (user === this.#expected && !refused) {
      this.#signedIn = user; // corrects a message of another tab that arrived late
      return;
    }
    this.#noticed(user, 'response');
    if (user !== this.#expected) throw error ?? wrongUser();
  }

  /** Learns who is signed in from a response that anybody may ask for. */
  learn(user: string | null): void {
    this.#noticed(user, 'response');
  }

  #noticed(user: string | null, source: 'other_tab' | 'response'): void {
    if (user === this.#signedIn) return;
    this.#signedIn = user;
    const previous = this.#expected;
    if (user === (previous ?? null)) return;
    if (previous === undefined) this.#expected = user ?? undefined; // nobody's data is on the page
    this.#report(user ?? undefined, previous, source);
  }

  #report(user: string | undefined, previous: string | undefined, source: AuthChange['source']): void {
    this.tell?.({ user, previous, source, accept: () => this.#accept(user) });
  }

  #accept(user: string | undefined): void {
    if ((user ?? null) === this.#signedIn) this.#expected = user; // an old change does not undo a newer one
  }

  #open(): BroadcastChannel | undefined {
    if (!('document' in globalThis) || typeof BroadcastChannel === 'undefined') return undefined;
    const channel = new BroadcastChannel(this.name);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const user = (data as { user?: unknown } | null)?.user;
      if (typeof user === 'string' || user === null) this.#noticed(user, 'other_tab');
    };
    (channel as { unref?: () => void }).unref?.(); // Node: a test with a DOM ends although the channel is open
    return channel;
  }
}
