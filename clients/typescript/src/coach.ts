// The coach: replies that arrive piece by piece, whatever happens to the connection.
import type { Client } from './gen/client/index.js';
import { cancelMessage, getConversation, sendMessage } from './gen/sdk.gen.js';
import type { CoachEvent, MessageSend, MessageSent } from './gen/types.gen.js';
import { follow, Way } from './follow.js';
import type { CallOptions } from './transport.js';

export type { CoachEvent } from './gen/types.gen.js';

export interface CoachOptions {
  /**
   * How events arrive. `auto` streams, and polls where streams do not arrive: in React Native, and behind a proxy that holds them back.
   * `stream` is for a fetch that streams although `Response` has no `body`, such as that of Expo; `poll` never streams.
   */
  mode?: 'auto' | 'stream' | 'poll' | undefined;
  /** With `auto`, how many milliseconds to wait for the first byte of a stream. The server sends it at once. Default 5000. */
  firstByte?: number | undefined;
  /** After how many milliseconds without a byte a stream is lost. The server sends at least one every 15 s. Default 40 000. */
  silence?: number | undefined;
  /** How often in a row, without an event between, a connection may fail before the error is thrown. Default 10, which takes a minute. */
  retries?: number | undefined;
}

export interface StreamOptions {
  /** The `seq` of the last event that you have. Default 0: all events. */
  after?: number | undefined;
  /** Aborting it closes the connection. The reply is still made: `cancel` stops it. */
  signal?: AbortSignal | undefined;
}

export interface SendOptions extends CallOptions {
  /** One per message, when a person may send it again after a reload; the client makes one for each call. */
  idempotencyKey?: string | undefined;
}

export interface ReplyOptions extends Pick<StreamOptions, 'signal'>, Pick<SendOptions, 'idempotencyKey'> {
  /** Called when the message is stored, before the first event. `reply_id` is what `cancel` and `stream` take. */
  onSent?: ((sent: MessageSent) => void) | undefined;
}

/** The events of a reply, each once. */
export type Reply = AsyncGenerator<CoachEvent, void, undefined>;

export interface Coach {
  /**
   * The events of a reply, those that exist and those to come, until `message.completed` or `message.failed`. It connects again after a lost
   * connection. Leaving the loop closes the connection. Throws an ApiError when the server refuses, such as `message_not_found`, a NetworkError
   * when it cannot be reached for a minute, and a CorruptReplyError when the text is not the one that the server stored.
   */
  stream(messageId: string, options?: StreamOptions): Reply;
  /** Sends a message and returns the events of its reply: `for await (const event of coach.reply(id, 'two eggs')) …`. It is sent when the loop begins. */
  reply(conversationId: string, message: string | MessageSend, options?: ReplyOptions): Reply;
  /** Sends a message without waiting for the reply, whose id is `reply_id`. */
  send(conversationId: string, message: string | MessageSend, options?: SendOptions): Promise<MessageSent>;
  /** The reply that is being made in a conversation, for a page that was loaded again; undefined when there is none. */
  resume(conversationId: string, options?: Pick<StreamOptions, 'signal'>): Promise<{ messageId: string; events: Reply } | undefined>;
  /** Stops a reply. What was said stays; a reply that is complete does not change. */
  cancel(messageId: string, options?: CallOptions): Promise<void>;
}

/** The coach of a client: `createCoach(createClient(…))`, or `createCoach({ client: createTransport(…) })`. */
export function createCoach({ client }: { readonly client: Client }, { mode = 'auto', firstByte = 5000, silence = 40_000, retries = 10 }: CoachOptions = {}): Coach {
  const way = new Way({ mode, firstByte, silence, retries });

  const stream: Coach['stream'] = (messageId, { after = 0, signal } = {}) => follow(client, messageId, way, { after, signal });

  const send: Coach['send'] = (conversationId, message, { idempotencyKey, headers, ...options } = {}) => sendMessage({
    client,
    path: { id: conversationId },
    body: typeof message === 'string' ? { content: message } : message,
    headers: { ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }), ...headers },
    ...known(options),
  });

  const reply: Coach['reply'] = async function* (conversationId, message, { onSent, idempotencyKey, ...options } = {}) {
    const sent = await send(conversationId, message, { idempotencyKey, signal: options.signal });
    onSent?.(sent);
    yield* stream(sent.reply_id, options);
  };

  const resume: Coach['resume'] = async (conversationId, options = {}) => {
    const { active_message_id: messageId } = await getConversation({ client, path: { id: conversationId }, ...known(options) });
    return messageId === undefined ? undefined : { messageId, events: stream(messageId, options) };
  };

  const cancel: Coach['cancel'] = async (messageId, options = {}) => {
    await cancelMessage({ client, path: { id: messageId }, ...known(options) });
  };

  return { stream, reply, send, resume, cancel };
}

// An option that is undefined is like one that is absent, also for the generated functions.
function known<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}
