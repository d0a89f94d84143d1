// The coach as a chat of the AI SDK, and of assistant-ui, which takes the same transport.
import type { ChatTransport, FinishReason as AIFinishReason, InferUIMessageChunk, UIMessage } from 'ai';
import { createConversation, listMessages, listProposals } from './gen/sdk.gen.js';
import type { CoachEvent, CoachEventMemory, CoachEventSafety, CoachSource, CoachUsage, FinishReason, Message, Proposal } from './gen/types.gen.js';
import type { Client } from './gen/client/index.js';
import { createCoach, type CoachOptions } from './coach.js';
import { ApiError } from './errors.js';
import { reasonOf } from './waiting.js';

/** Something that the coach looks up, from its start to its end. */
export interface CoachTool {
  call_id: string;
  tool: string;
  /** What it does, to show. */
  label: string;
  state: 'running' | 'succeeded' | 'failed';
}

/** The data parts of a reply: `data-tool`, `data-proposal`, `data-safety` and `data-memory`. `data-proposal-replaced` comes to `onData` alone. */
export type CoachDataParts = {
  tool: CoachTool;
  proposal: Proposal;
  /** A proposal of an earlier message that a correction has replaced: `onData: (part) => part.type === 'data-proposal-replaced' && setMessages((all) => withProposal(all, part.data))`. */
  'proposal-replaced': Proposal;
  safety: Pick<CoachEventSafety, 'kind' | 'resources'>;
  memory: Pick<CoachEventMemory, 'id' | 'kind' | 'text'>;
};

/** What is known of a message beside its parts. */
export interface CoachMetadata {
  created_at?: string;
  provider?: string;
  model?: string;
  finish_reason?: FinishReason;
  usage?: CoachUsage;
  /** The records that the reply was made from. */
  sources?: CoachSource[];
}

/** A message of `useChat<CoachUIMessage>`. */
export type CoachUIMessage = UIMessage<CoachMetadata, CoachDataParts>;

type Chunk = InferUIMessageChunk<CoachUIMessage>;

export interface CoachTransportOptions extends CoachOptions {
  /** `api.client`, or the result of `createTransport`. */
  client: Client;
  /** The conversation of this chat. Without it, the first message starts one. */
  conversationId?: string | undefined;
  /** Called with the conversation that the first message has started, for example to put it into the address of the page. */
  onConversation?: ((id: string) => void) | undefined;
}

export interface CoachTransport extends ChatTransport<CoachUIMessage> {
  /** Undefined until the first message has started one. */
  readonly conversationId: string | undefined;
  /**
   * Stops the reply that is being made. The AI SDK's own `stop()` only closes the connection, as unmounting does: the reply is still made.
   * What was said stays, and the chat becomes `ready` by itself.
   */
  cancel(): Promise<void>;
  /** The newest 100 messages with their proposals, without a reply that is still being made: `resume: true` shows that one. */
  loadMessages(): Promise<CoachUIMessage[]>;
}

/** A transport for one conversation: `useChat<CoachUIMessage>({ transport, resume: true })`. Make one per conversation, outside of rendering or with `useState`. */
export function createCoachTransport({ client, onConversation, conversationId: given, ...options }: CoachTransportOptions): CoachTransport {
  const coach = createCoach({ client }, options);
  let conversationId = given;
  let sending: Promise<string> | undefined;
  let active: string | undefined;

  async function conversation(): Promise<string> {
    if (conversationId === undefined) {
      conversationId = (await createConversation({ client, body: {} })).id;
      onConversation?.(conversationId);
    }
    return conversationId;
  }

  // Not aborted when the chat is closed: what a person has sent is sent.
  async function send(text: string): Promise<string> {
    return (await coach.send(await conversation(), text)).reply_id;
  }

  function follow(messageId: string, signal: AbortSignal | undefined): ReadableStream<Chunk> {
    active = messageId;
    return chunksOf(messageId, coach.stream(messageId, { signal }), signal, () => {
      if (active === messageId) active = undefined;
    });
  }

  return {
    get conversationId() {
      return conversationId;
    },
    resumeStreamIsReplay: true,

    async sendMessages({ messages, abortSignal }) {
      sending = send(lastText(messages));
      try {
        const messageId = await sending;
        if (abortSignal?.aborted) throw reasonOf(abortSignal);
        return follow(messageId, abortSignal);
      } finally {
        sending = undefined;
      }
    },

    async reconnectToStream({ abortSignal }) {
      if (conversationId === undefined) return null;
      const running = await coach.resume(conversationId, { signal: abortSignal });
      return running ? follow(running.messageId, abortSignal) : null;
    },

    async cancel() {
      const messageId = (await sending) ?? active ?? (conversationId === undefined ? undefined : (await coach.resume(conversationId))?.messageId);
      if (messageId !== undefined) await coach.cancel(messageId);
    },

    async loadMessages() {
      if (conversationId === undefined) return [];
      const [messages, proposals] = await Promise.all([
        listMessages({ client, path: { id: conversationId }, query: { limit: 100 } }),
        listProposals({ client, query: { conversation_id: conversationId, limit: 100 } }),
      ]);
      return toUIMessages(messages.data, proposals.data);
    },
  };
}

/** Stored messages, the newest first as `listMessages` returns them, as messages of a chat. Replies that are being made are left out. */
export function toUIMessages(messages: Message[], proposals: Proposal[] = []): CoachUIMessage[] {
  return messages.filter(({ status }) => status === 'completed' || status === 'failed').reverse().map(({ id, role, content, created_at, provider, model, finish_reason, usage, sources }) => ({
    id,
    role,
    metadata: { created_at, ...defined({ provider, model, finish_reason, usage, sources }) },
    parts: [
      ...(content === '' ? [] : [{ type: 'text' as const, text: content, state: 'done' as const }]),
      ...proposals.filter(({ message_id }) => message_id === id).reverse().map((proposal) => ({ type: 'data-proposal' as const, id: proposal.id, data: proposal })),
    ],
  }));
}

/** The messages with a proposal that was edited, confirmed, rejected, replaced or undone, for `setMessages((all) => withProposal(all, changed))`. */
export function withProposal(messages: CoachUIMessage[], proposal: Proposal): CoachUIMessage[] {
  return messages.map((message) => ({
    ...message,
    parts: message.parts.map((part) => (part.type === 'data-proposal' && part.id === proposal.id ? { ...part, data: proposal } : part)),
  }));
}

function chunksOf(messageId: string, events: AsyncGenerator<CoachEvent, void, undefined>, signal: AbortSignal | undefined, onEnd: () => void): ReadableStream<Chunk> {
  const toChunks = chunkWriter(messageId);
  return new ReadableStream<Chunk>({
    async pull(controller) {
      try {
        for (let chunks: Chunk[] = []; chunks.length === 0;) {
          const { done, value } = await events.next();
          if (done) {
            onEnd();
            return controller.close();
          }
          chunks = toChunks(value);
          for (const chunk of chunks) controller.enqueue(chunk);
        }
      } catch (error) {
        if (!signal?.aborted) onEnd(); // after a disconnect the reply is still being made
        controller.error(error);
      }
    },
    async cancel() {
      await events.return();
    },
  });
}

// Returns a function that turns the events of one reply into chunks. Text between two other parts is a part of its own.
function chunkWriter(messageId: string): (event: CoachEvent) => Chunk[] {
  const labels = new Map<string, string>();
  let texts = 0;
  let writing = false;
  const endText = (): Chunk[] => {
    if (!writing) return [];
    writing = false;
    return [{ type: 'text-end', id: `text-${texts}` }];
  };
  return (event) => {
    switch (event.type) {
      case 'message.started':
        return [{ type: 'start', messageId, messageMetadata: { provider: event.provider, model: event.model } }];
      case 'message.delta': {
        const start: Chunk[] = writing ? [] : [{ type: 'text-start', id: `text-${++texts}` }];
        writing = true;
        return [...start, { type: 'text-delta', id: `text-${texts}`, delta: event.text }];
      }
      case 'tool.started': {
        const { call_id, tool, label } = event;
        labels.set(call_id, label);
        return [...endText(), { type: 'data-tool', id: call_id, data: { call_id, tool, label, state: 'running' } }];
      }
      case 'tool.finished': {
        const { call_id, tool, ok } = event;
        return [...endText(), { type: 'data-tool', id: call_id, data: { call_id, tool, label: labels.get(call_id) ?? tool, state: ok ? 'succeeded' : 'failed' } }];
      }
      case 'proposal':
        return [...endText(), { type: 'data-proposal', id: event.proposal.id, data: event.proposal }];
      case 'proposal.replaced':
        return [{ type: 'data-proposal-replaced', data: event.proposal, transient: true }];
      case 'safety':
        return [...endText(), { type: 'data-safety', id: `safety-${event.kind}`, data: { kind: event.kind, resources: event.resources } }];
      case 'memory':
        return [...endText(), { type: 'data-memory', id: event.id, data: { id: event.id, kind: event.kind, text: event.text } }];
      case 'message.completed': {
        const { finish_reason, usage, sources } = event;
        return [
          ...endText(),
          { type: 'message-metadata', messageMetadata: { finish_reason, sources, ...defined({ usage }) } },
          { type: 'finish', finishReason: finishReasons[finish_reason] ?? 'other' },
        ];
      }
      case 'message.failed':
        return [...endText(), { type: 'error', errorText: event.problem.detail }];
      default:
        return []; // an event of a newer server
    }
  };
}

const finishReasons: Record<FinishReason, AIFinishReason> = { stop: 'stop', length: 'length', cancelled: 'other', interrupted: 'interrupted', filtered: 'content-filter' };

function lastText(messages: CoachUIMessage[]): string {
  const last = messages.findLast(({ role }) => role === 'user');
  const text = last?.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n') ?? '';
  if (text === '') throw noText();
  return text;
}

function noText(): ApiError {
  return new ApiError({ type: 'ValidationError', status: 400, code: 'validation_failed', detail: 'The coach reads text: the message has none.', request_id: '' });
}

// Absent members stay absent: the types of the contract do not allow undefined.
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
