// Follows one reply of the coach to its end: by streams, or by long polling where streams do not arrive. It connects again after
// every lost connection and goes on behind the last event, so that each event is yielded once.
import type { Client } from './gen/client/index.js';
import { listMessageEvents, streamMessage } from './gen/sdk.gen.js';
import type { CoachEvent, CoachEventCompleted } from './gen/types.gen.js';
import { hexDigest } from './digest.js';
import { ApiError, asNetworkError, CorruptReplyError, isTransient, NetworkError } from './errors.js';
import { EventReader } from './sse.js';
import { orAborted, reasonOf, sleep } from './waiting.js';

/** How events arrive, and when to give up; times are milliseconds. */
export interface FollowSettings {
  mode: 'auto' | 'stream' | 'poll';
  firstByte: number;
  silence: number;
  retries: number;
}

export interface FollowOptions {
  after: number;
  signal: AbortSignal | undefined;
}

// What one read of a connection returns. `closed`: there may be more events; `done`: there are no more.
interface Arrived {
  events: CoachEvent[];
  state: 'open' | 'closed' | 'done';
}

interface Connection {
  next(): Promise<Arrived>;
  close(): void;
}

/** Which of both ways is used. All replies share it: where one stream did not arrive, the next one would not either. */
export class Way {
  #pollsUntil = 0;

  constructor(readonly settings: FollowSettings) {
    if (settings.mode === 'poll' || (settings.mode === 'auto' && !streamsCanBeRead())) this.#pollsUntil = Infinity;
  }

  get polls(): boolean {
    return Date.now() < this.#pollsUntil;
  }

  /** No stream arrives here. A phone may be in another network in ten minutes. */
  blocked(): void {
    this.#pollsUntil = Math.max(this.#pollsUntil, Date.now() + 600_000);
  }
}

export async function* follow(client: Client, messageId: string, way: Way, { after, signal }: FollowOptions): AsyncGenerator<CoachEvent, void, undefined> {
  const received = new Received(after);
  const pauses = new Pauses(way, signal);
  for (;;) {
    const connection = pauses.polls || way.polls ? new Polling(client, messageId, received.last, signal) : new Streaming(client, messageId, received.last, signal, way.settings);
    try {
      let state: Arrived['state'] = 'open';
      while (state === 'open') {
        const arrived = await connection.next().catch((error: unknown) => pauses.after(error));
        for await (const event of received.fresh(arrived.events)) {
          pauses.progress();
          yield event;
        }
        if (received.ended) return;
        state = arrived.state;
      }
      if (state === 'done') return;
    } finally {
      connection.close();
    }
    await pauses.wait();
  }
}

// What has arrived of a reply.
class Received {
  ended = false;
  #text = '';
  readonly #whole: boolean;

  constructor(public last: number) {
    this.#whole = last === 0;
  }

  /** Yields the events that have not been there before. The last one comes only when the text before it is complete. */
  async *fresh(events: CoachEvent[]): AsyncGenerator<CoachEvent, void, undefined> {
    for (const event of events) {
      if (event.seq <= this.last) continue;
      if (event.type === 'message.delta') this.#text += event.text;
      if (event.type === 'message.completed' && this.#whole) await checkText(this.#text, event);
      this.last = event.seq;
      this.ended = event.type === 'message.completed' || event.type === 'message.failed';
      yield event;
      if (this.ended) return;
    }
  }
}

async function checkText(text: string, { bytes, sha256 }: CoachEventCompleted): Promise<void> {
  if (typeof TextEncoder === 'undefined') return;
  const encoded = new TextEncoder().encode(text);
  if (encoded.byteLength !== bytes) throw new CorruptReplyError();
  const digest = await hexDigest(encoded);
  if (digest !== undefined && digest !== sha256) throw new CorruptReplyError();
}

// Decides what a failure means, and how long to wait before the next connection.
class Pauses {
  #failures = 0;
  #failed: unknown;
  #progressed = false;
  /** Whether the rest of this reply is polled. */
  polls = false;

  constructor(private readonly way: Way, private readonly signal: AbortSignal | undefined) {}

  /** New events have arrived. */
  progress(): void {
    this.#failures = 0;
    this.#progressed = true;
  }

  /** Throws an error after which another attempt is useless; otherwise the connection is closed. */
  after(error: unknown): Arrived {
    if (this.signal?.aborted) throw reasonOf(this.signal);
    if (error instanceof SilentStreamError && this.way.settings.mode === 'auto') {
      if (!error.begun) this.way.blocked();
      this.polls = true;
      this.#progressed = true; // polling begins at once
    } else if (isTransient(error)) this.#failed = error;
    else throw error;
    return { events: [], state: 'closed' };
  }

  async wait(): Promise<void> {
    const error = this.#failed;
    this.#failed = undefined;
    if (error === undefined && this.#progressed) {
      this.#progressed = false;
      return sleep(250 * Math.random(), this.signal); // a server that stops closes all its streams at the same moment
    }
    this.#progressed = false;
    if (++this.#failures > this.way.settings.retries) throw error ?? new NetworkError('The stream was closed again and again without an event.');
    const growing = Math.min(500 * 2 ** (this.#failures - 1), 10_000) * (0.5 + Math.random() / 2);
    const wanted = error instanceof ApiError && error.retryAfter !== undefined ? error.retryAfter * 1000 * (1 + Math.random() / 10) : 0;
    return sleep(Math.max(growing, wanted), this.signal);
  }
}

// Nothing arrives: the server does not respond, or something on the way holds the stream back.
class SilentStreamError extends NetworkError {
  constructor(readonly begun: boolean) {
    super('The stream sends nothing.');
  }
}

class Streaming implements Connection {
  readonly #controller = new AbortController();
  readonly #events = new EventReader();
  readonly #decoder = new TextDecoder();
  readonly #disconnect = (): void => this.#controller.abort();
  #body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #begun = false;

  constructor(
    private readonly client: Client,
    private readonly messageId: string,
    private readonly position: number,
    private readonly signal: AbortSignal | undefined,
    private readonly settings: FollowSettings,
  ) {
    if (signal?.aborted) this.#disconnect();
    else signal?.addEventListener('abort', this.#disconnect);
  }

  async next(): Promise<Arrived> {
    const chunk = await this.#inTime(this.#read());
    if (chunk === undefined) return { events: [], state: 'done' };
    if (chunk.done) return { events: [], state: 'closed' };
    this.#begun = true;
    const events = this.#events.read(this.#decoder.decode(chunk.value, { stream: true }));
    return { events: events.flatMap(({ data }) => parse(data)), state: 'open' };
  }

  close(): void {
    this.signal?.removeEventListener('abort', this.#disconnect);
    this.#body?.cancel().catch(() => {});
    this.#disconnect();
  }

  // Returns undefined when there are no more events.
  async #read(): Promise<ReadableStreamReadResult<Uint8Array> | undefined> {
    try {
      if (!this.#body) {
        const { response, data } = await this.#open();
        if (response.status === 204) return undefined;
        if (!data) throw new SilentStreamError(false);
        this.#body = data.getReader();
      }
      return await this.#body.read();
    } catch (error) {
      throw asNetworkError(error);
    }
  }

  #open(): Promise<{ response: Response; data: ReadableStream<Uint8Array> | null }> {
    // Of the generated function only the request is used: its own reader ends without an error and retries what must not be retried.
    const get = (options: Parameters<Client['get']>[0]): unknown => this.client.get({ ...options, parseAs: 'stream', responseStyle: 'fields' });
    const request = streamMessage({
      client: { sse: { get } } as unknown as Client,
      query: { message_id: this.messageId, after: this.position },
      signal: this.#controller.signal,
      ...noDeadline,
    });
    return request as unknown as Promise<{ response: Response; data: ReadableStream<Uint8Array> | null }>;
  }

  async #inTime<T>(work: Promise<T>): Promise<T> {
    const { mode, firstByte, silence } = this.settings;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new SilentStreamError(this.#begun)), this.#begun || mode !== 'auto' ? silence : firstByte);
    });
    try {
      return await orAborted(Promise.race([work, late]), this.signal);
    } catch (error) {
      work.catch(() => {}); // closing ends it
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

// The deadlines and retries of this file take the place of those of a call.
const noDeadline: object = { timeout: 0, retries: 0 };

const pollSeconds = 25;
// The text arrives in pieces, and one reply costs at most three requests a second.
const pollPause = 300;

class Polling implements Connection {
  #position: number;
  #first = true;

  constructor(private readonly client: Client, private readonly messageId: string, after: number, private readonly signal: AbortSignal | undefined) {
    this.#position = after;
  }

  async next(): Promise<Arrived> {
    if (!this.#first) await sleep(pollPause, this.signal);
    this.#first = false;
    const { data, next_after, done } = await listMessageEvents({
      client: this.client,
      path: { id: this.messageId },
      query: { after: this.#position, wait: pollSeconds },
      ...(this.signal ? { signal: this.signal } : {}),
      ...pollDeadline,
    });
    this.#position = next_after;
    return { events: data, state: done ? 'done' : 'open' };
  }

  close(): void {}
}

const pollDeadline: object = { timeout: (pollSeconds + 15) * 1000, retries: 0 };

// An event that cannot be read was damaged on the way: it is asked for again.
function parse(data: string): CoachEvent[] {
  try {
    const event = JSON.parse(data) as CoachEvent | null;
    return typeof event?.seq === 'number' ? [event] : [];
  } catch (error) {
    throw new NetworkError('An event could not be read.', { cause: error });
  }
}

// React Native has neither of them; its fetch returns a stream only when it has ended.
function streamsCanBeRead(): boolean {
  return typeof ReadableStream === 'function' && typeof TextDecoder === 'function' && typeof Response === 'function' && 'body' in Response.prototype;
}
