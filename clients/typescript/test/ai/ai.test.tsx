// ./ai with the AI SDK itself: the class behind every framework's chat, and React's useChat in a page.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test, type TestContext } from 'node:test';
import { Chat, useChat } from '@ai-sdk/react';
import type { ChatTransport, UIMessage } from 'ai';
import { JSDOM } from 'jsdom';
import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient, type CoachEvent } from '@ultimate-coach/client';
import { createCoachTransport, toUIMessages, withProposal, type CoachTransport, type CoachTransportOptions, type CoachUIMessage } from '@ultimate-coach/client/ai';
import { fixtures } from '@ultimate-coach/client/testing';
import { asStream, begin, cancelPath, conversationId, eventsOf, eventsPath, lists, positionOf, proposal, replyId, streamPath } from '../replies.js';
import { json, problem, serve, type Server } from '../server.js';

const conversations = '/api/v1/coach/conversations';
const messagesPath = `${conversations}/${conversationId}/messages`;
const memory = { type: 'memory' as const, id: '0c0d4000-0000-4000-8000-000000000009', kind: 'allergy' as const, text: "I'm allergic to peanuts" };
const safety = { type: 'safety' as const, kind: 'self_harm', resources: [{ name: 'Samaritans', region: 'GB', phone: '116 123' }] };
const events = eventsOf(
  'Two ', 'eggs: ',
  { type: 'tool.started', call_id: '1', tool: 'find_food', label: 'Searching for egg' }, { type: 'tool.finished', call_id: '1', tool: 'find_food', ok: true },
  { type: 'proposal', proposal }, 'confirm it.', { type: 'proposal', proposal: { ...proposal, version: 2 } }, safety, memory,
);

/** A coach whose reply arrives when the test says so. */
class Held {
  #upTo = 0;
  #active = false;
  #open = new Set<{ response: ServerResponse; sent: number }>();
  #waiting: { resolve: () => void; when: () => boolean }[] = [];
  server!: Server;

  static async start(t: TestContext, all: CoachEvent[] = events): Promise<Held> {
    const held = new Held(all);
    held.server = await serve(t, {
      [`POST ${conversations}`]: (_, response) => json(response, 201, fixtures.createConversation),
      [`GET ${conversations}/${conversationId}`]: (_, response) => json(response, 200, { ...fixtures.getConversation, ...(held.#active ? { active_message_id: replyId } : {}) }),
      [`POST ${messagesPath}`]: (_, response) => {
        held.#active = true;
        json(response, 202, fixtures.sendMessage);
      },
      [`GET ${messagesPath}`]: (_, response) => json(response, 200, fixtures.listMessages),
      'GET /api/v1/coach/proposals': (_, response) => json(response, 200, fixtures.listProposals),
      [`GET ${streamPath}`]: (seen, response) => held.#stream(positionOf(seen), begin(response)),
      [`GET ${eventsPath}`]: lists(all),
      [`POST ${cancelPath}`]: (_, response) => {
        held.cancelled++;
        held.end('cancelled');
        response.writeHead(204).end();
      },
    });
    return held;
  }

  cancelled = 0;
  private constructor(private all: CoachEvent[]) {}

  get connections(): number {
    return this.#open.size;
  }

  /** Resolves when that many streams are open. */
  async connected(count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.push({ resolve, when: () => this.#open.size === count });
      this.#changed();
    });
  }

  sendUpTo(seq: number): void {
    this.#upTo = seq;
    for (const stream of this.#open) this.#write(stream);
  }

  /** Ends the reply after what was sent. */
  end(finish_reason: 'cancelled' | 'stop'): void {
    const sent = this.all.slice(0, this.#upTo);
    const whole = eventsOf(...sent.flatMap((event) => (event.type === 'message.delta' ? [event.text] : [])));
    const last = whole.at(-1);
    assert.ok(last?.type === 'message.completed');
    this.all = [...sent, { ...last, finish_reason, seq: sent.length + 1 }];
    this.#active = false;
    this.sendUpTo(this.all.length);
  }

  /** Loses all connections, as a server that stops or a phone that changes its network. */
  drop(): void {
    for (const { response } of this.#open) response.destroy();
  }

  #stream(after: number, response: ServerResponse): void {
    const stream = { response, sent: after };
    this.#open.add(stream);
    response.on('close', () => {
      this.#open.delete(stream);
      this.#changed();
    });
    this.#write(stream);
    this.#changed();
  }

  #write(stream: { response: ServerResponse; sent: number }): void {
    const next = this.all.slice(stream.sent, this.#upTo);
    stream.sent += next.length;
    stream.response.write(asStream(next));
  }

  #changed(): void {
    for (const one of this.#waiting.filter(({ when }) => when())) one.resolve();
    this.#waiting = this.#waiting.filter(({ when }) => !when());
  }
}

function transportOf({ server }: Held, options: Partial<CoachTransportOptions> = {}): CoachTransport {
  return createCoachTransport({ client: createClient({ baseUrl: server.url }).client, conversationId, ...options });
}

const textOf = (message: CoachUIMessage | undefined): string => message?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') ?? '';

/** Resolves when a chat shows what is wanted. */
function shown(chat: Chat<CoachUIMessage>, wanted: (chat: Chat<CoachUIMessage>) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!wanted(chat)) return;
      stops.forEach((stop) => stop());
      resolve();
    };
    const stops = [chat['~registerMessagesCallback'](look), chat['~registerStatusCallback'](look)];
    look();
  });
}

describe('a chat of the AI SDK', () => {
  test('shows text, tools, proposals, safety and sources as parts', async (t) => {
    const held = await Held.start(t);
    held.sendUpTo(events.length);
    const chat = new Chat({ transport: transportOf(held) });
    await chat.sendMessage({ text: 'two eggs' });
    assert.equal(chat.status, 'ready');
    const [question, reply] = chat.messages;
    assert.equal(textOf(question), 'two eggs');
    assert.equal(reply?.id, replyId);
    assert.deepEqual(reply.parts.map((part) => part.type), ['text', 'data-tool', 'data-proposal', 'text', 'data-safety', 'data-memory']);
    assert.deepEqual(reply.parts.flatMap((part) => (part.type === 'data-tool' ? [part.data] : [])), [{ call_id: '1', tool: 'find_food', label: 'Searching for egg', state: 'succeeded' }]);
    assert.deepEqual(reply.parts.flatMap((part) => (part.type === 'data-proposal' ? [part.data.version] : [])), [2], 'a proposal that comes again is replaced');
    assert.deepEqual(reply.metadata, { provider: 'local', model: 'local', finish_reason: 'stop', sources: [] });
    assert.equal(textOf(reply), 'Two eggs: confirm it.');
    assert.ok(reply.parts.every((part) => part.type !== 'text' || part.state === 'done'));
  });

  test('a proposal that a correction replaces goes to onData, and into the message that shows it', async (t) => {
    const old: typeof proposal = { ...proposal, id: fixtures.getProposal.id, version: 2, status: 'rejected', replaced_by: proposal.id };
    const corrected = eventsOf('Three ', { type: 'proposal', proposal: { ...proposal, id: replyId } }, { type: 'proposal.replaced', proposal: old }, 'eggs.');
    const held = await Held.start(t, corrected);
    held.sendUpTo(corrected.length);
    const transport = transportOf(held);
    const chat: Chat<CoachUIMessage> = new Chat<CoachUIMessage>({
      transport,
      messages: (await transport.loadMessages()).map((message) => ({ ...message, id: `stored-${message.role}` })), // in the fixtures all replies have one id
      onData: (part) => {
        if (part.type === 'data-proposal-replaced') chat.messages = withProposal(chat.messages, part.data);
      },
    });
    await chat.sendMessage({ text: 'no, three' });
    const proposals = chat.messages.map(({ parts }) => parts.flatMap((part) => (part.type === 'data-proposal' ? [part.data.status] : [])));
    assert.deepEqual(proposals, [[], ['rejected'], [], ['open']]);
    assert.equal(textOf(chat.lastMessage), 'Three eggs.');
  });

  test('does not notice lost connections', async (t) => {
    const held = await Held.start(t);
    const chat = new Chat({ transport: transportOf(held), onError: (error) => assert.fail(error) });
    held.sendUpTo(2);
    const sent = chat.sendMessage({ text: 'two eggs' });
    await shown(chat, () => textOf(chat.lastMessage) === 'Two ');
    held.drop();
    held.sendUpTo(events.length);
    await sent;
    assert.equal(textOf(chat.lastMessage), 'Two eggs: confirm it.');
  });

  test('shows the problem of a reply that failed, and of a message that was refused', async (t) => {
    const started = events[0];
    assert.ok(started);
    const held = await Held.start(t, [started, { type: 'message.failed', message_id: replyId, seq: 2, problem: { code: 'coach_failed', detail: 'The coach could not reply.' } }]);
    held.sendUpTo(2);
    const failed = new Chat({ transport: transportOf(held) });
    await failed.sendMessage({ text: 'two eggs' });
    assert.deepEqual([failed.status, failed.error?.message], ['error', 'The coach could not reply.']);

    const server = await serve(t, { [`POST ${messagesPath}`]: (_, response) => problem(response, 409, 'reply_in_progress') });
    const refused = new Chat({ transport: createCoachTransport({ client: createClient({ baseUrl: server.url }).client, conversationId }) });
    await refused.sendMessage({ text: 'two eggs' });
    assert.equal(refused.error && 'code' in refused.error && refused.error.code, 'reply_in_progress');
    await refused.sendMessage({ files: [{ type: 'file', mediaType: 'image/png', url: 'data:,' }] });
    assert.match(refused.error?.message ?? '', /text/);
  });

  test('stop() closes the connection only; cancel() stops the reply', async (t) => {
    const held = await Held.start(t);
    held.sendUpTo(3);
    const transport = transportOf(held);
    const chat = new Chat({ transport });
    void chat.sendMessage({ text: 'two eggs' });
    await shown(chat, () => textOf(chat.lastMessage) === 'Two eggs: ');
    await chat.stop();
    await held.connected(0);
    assert.equal(held.cancelled, 0);

    const resumed = chat.resumeStream();
    await held.connected(1);
    await shown(chat, () => chat.status === 'streaming');
    await transport.cancel();
    await resumed;
    assert.equal(held.cancelled, 1);
    assert.deepEqual([chat.status, chat.messages.length, textOf(chat.lastMessage), chat.lastMessage?.metadata?.finish_reason], ['ready', 2, 'Two eggs: ', 'cancelled']);
    await transport.cancel();
    assert.equal(held.cancelled, 1, 'nothing is left to cancel');
  });

  test('starts a conversation with the first message', async (t) => {
    const held = await Held.start(t);
    held.sendUpTo(events.length);
    const started: string[] = [];
    const transport = createCoachTransport({ client: createClient({ baseUrl: held.server.url }).client, onConversation: (id) => started.push(id) });
    assert.deepEqual([await transport.loadMessages(), await transport.reconnectToStream({ chatId: 'x' }), transport.conversationId], [[], null, undefined]);
    await transport.cancel();
    const chat = new Chat({ transport });
    await chat.sendMessage({ text: 'two eggs' });
    assert.deepEqual([started, transport.conversationId], [[conversationId], conversationId]);
    await chat.sendMessage({ text: 'and oats' });
    assert.equal(held.server.count(conversations), 1);
  });

  test('polls where streams do not arrive', async (t) => {
    const held = await Held.start(t);
    const chat = new Chat({ transport: transportOf(held, { mode: 'poll' }) });
    await chat.sendMessage({ text: 'two eggs' });
    assert.equal(textOf(chat.lastMessage), 'Two eggs: confirm it.');
  });

  test('begins with the stored messages and their proposals', async (t) => {
    const held = await Held.start(t);
    const messages = await transportOf(held).loadMessages();
    assert.deepEqual(messages.map(({ role }) => role), ['user', 'assistant']);
    assert.deepEqual(messages[1]?.parts.map(({ type }) => type), ['text', 'data-proposal']);
    const confirmed = withProposal(messages, { ...proposal, status: 'confirmed' });
    assert.deepEqual(confirmed[1]?.parts.flatMap((part) => (part.type === 'data-proposal' ? [part.data.status] : [])), ['confirmed']);
    assert.deepEqual(toUIMessages([{ ...fixtures.sendMessage.message, role: 'assistant', status: 'running' }]), [], 'a reply that is being made is left out');
  });
});

/** A page with `useChat`. Returns what it shows, and functions that press its buttons. */
async function mount(t: TestContext, transport: CoachTransport): Promise<{ shows(text: string): Promise<void>; press(id: string): Promise<void>; unmount(): Promise<void> }> {
  const { window } = new JSDOM('<main></main>');
  const page = { window, document: window.document, navigator: window.navigator, IS_REACT_ACT_ENVIRONMENT: true };
  const before = Object.keys(page).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const [name, value] of Object.entries(page)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  t.after(() => {
    for (const [name, value] of before) value ? Object.defineProperty(globalThis, name, value) : Reflect.deleteProperty(globalThis, name);
  });

  function Page(): ReturnType<typeof createElement> {
    const { messages, sendMessage, stop, status } = useChat<CoachUIMessage>({ transport, resume: true });
    return (
      <>
        <output>{`${status}: ${textOf(messages.at(-1))}`}</output>
        <button id="send" onClick={() => void sendMessage({ text: 'two eggs' })} />
        <button id="stop" onClick={() => void stop()} />
        <button id="cancel" onClick={() => void transport.cancel()} />
      </>
    );
  }
  const main = window.document.querySelector('main');
  assert.ok(main);
  const root = createRoot(main);
  await act(async () => root.render(<Page />));
  return {
    async shows(text) {
      while (main.querySelector('output')?.textContent !== text) await act(() => new Promise((resolve) => setImmediate(resolve)));
    },
    async press(id) {
      await act(async () => window.document.getElementById(id)?.click());
    },
    async unmount() {
      await act(async () => root.unmount());
    },
  };
}

describe('useChat', () => {
  test('unmounting cancels nothing, a page that is loaded again resumes, and cancel stops', async (t) => {
    const held = await Held.start(t);
    const first = await mount(t, transportOf(held));
    await first.shows('ready: ');
    held.sendUpTo(2);
    await first.press('send');
    await first.shows('streaming: Two ');
    await first.unmount();
    await held.connected(0);
    assert.equal(held.cancelled, 0);

    const second = transportOf(held);
    const again = await mount(t, second);
    await again.shows('streaming: Two ');
    held.sendUpTo(3);
    await again.shows('streaming: Two eggs: ');
    await again.press('stop');
    await held.connected(0);
    assert.equal(held.cancelled, 0, 'stop() of the AI SDK is a disconnect');
    await again.unmount();

    const third = await mount(t, transportOf(held));
    await third.shows('streaming: Two eggs: ');
    await third.press('cancel');
    await third.shows('ready: Two eggs: ');
    assert.equal(held.cancelled, 1);
    await third.unmount();
  });
});

// What the types promise to the AI SDK and to assistant-ui.
export const asChatTransport = (transport: CoachTransport): ChatTransport<CoachUIMessage> => transport;
export const asUIMessage = (message: CoachUIMessage): UIMessage => message;
