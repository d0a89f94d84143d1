// ./coach: each event once and in order, whatever happens to the connection.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { ApiError, CorruptReplyError, createClient, NetworkError, type CoachEvent } from '@ultimate-coach/client';
import { createCoach, type Coach, type CoachOptions } from '@ultimate-coach/client/coach';
import { createTransport } from '@ultimate-coach/client/sdk';
import { fixtures } from '@ultimate-coach/client/testing';
import { asStream, begin, cancelPath, conversationId, eventsOf, eventsPath, lists, positionOf, proposal, replyId, streamPath, streams } from './replies.js';
import { json, problem, serve, type Handler, type Server } from './server.js';

const events = eventsOf('Zwei ', 'Eier 🥚', { type: 'tool.started', call_id: '1', tool: 'find_food', label: 'Searching' }, { type: 'proposal', proposal }, ' und Käse\n\n“ok”');
const short = eventsOf('Zwei ', 'Eier 🥚', ' und Käse\n\n“ok”');
const GET = (path: string): string => `GET ${path}`;

function coachOf({ url }: Server, options?: CoachOptions): Coach {
  return createCoach(createClient({ baseUrl: url }), options);
}

async function collect(reply: AsyncIterable<CoachEvent>): Promise<CoachEvent[]> {
  const all: CoachEvent[] = [];
  for await (const event of reply) all.push(event);
  return all;
}

/** A coach whose connections send these bytes, one after the other. Each fails at its end. */
function coachReading(connections: (after: number) => Uint8Array[]): Coach {
  const fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const pieces = connections(Number(new URL((input as Request).url).searchParams.get('after')));
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else controller.error(new TypeError('terminated'));
      },
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  };
  return createCoach({ client: createTransport({ baseUrl: 'https://api.test', fetch }) });
}

/** Lets the pauses between connections end at once, and returns how long they would have been. */
function skipPauses(t: TestContext): number[] {
  const pauses: number[] = [];
  const real = globalThis.setTimeout;
  t.mock.method(globalThis, 'setTimeout', (done: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    if (!new Error().stack?.includes('waiting.js')) return real(done, ms, ...args); // deadlines, and the timers of fetch
    pauses.push(ms);
    return real(done, 0);
  });
  return pauses;
}

describe('a stream', () => {
  for (const [name, newline] of Object.entries({ LF: '\n', CRLF: '\r\n', CR: '\r' })) {
    test(`with ${name}, comments and a BOM is the same however its bytes are cut`, async () => {
      const bytes = Buffer.from(`\uFEFF: hello${newline}retry: 1${newline}${newline}${asStream(short.slice(0, 3), newline)}:${newline}${newline}${asStream(short.slice(3), newline)}`);
      assert.deepEqual(await collect(coachReading(() => Array.from(bytes, (byte) => Uint8Array.of(byte))).stream(replyId)), short, 'byte by byte');
      for (let cut = 0; cut <= bytes.length; cut++) {
        assert.deepEqual(await collect(coachReading(() => [bytes.subarray(0, cut), bytes.subarray(cut)]).stream(replyId)), short, `cut at ${cut}`);
      }
    });
  }

  test('that is lost at any byte goes on behind the last event', async (t) => {
    skipPauses(t);
    const whole = Buffer.from(asStream(short));
    for (let cut = 0; cut < whole.length; cut++) {
      const positions: number[] = [];
      const coach = coachReading((after) => {
        positions.push(after);
        const bytes = Buffer.from(asStream(short.filter(({ seq }) => seq > after)));
        return positions.length === 1 ? [bytes.subarray(0, cut)] : [bytes];
      });
      assert.deepEqual(await collect(coach.stream(replyId)), short, `lost at ${cut}`);
      assert.ok(positions.length === 1 || positions[1] === whole.subarray(0, cut).toString().split('\n\n').length - 1, `lost at ${cut}: went on at ${positions}`);
    }
  });

  test('joins the lines of an event, and ignores fields that it does not know', async () => {
    const [first, ...rest] = events;
    const lines = JSON.stringify(first, null, 2).split('\n').map((line) => `data:${line}\n`).join('');
    const bytes = Buffer.from(`event: x\nid: 1\nunknown\n${lines}\ndata: {"type":"from.the.future"}\n\n${asStream(rest)}`);
    assert.deepEqual(await collect(coachReading(() => [bytes]).stream(replyId)), events);
  });

  test('that repeats events yields them once', async () => {
    const bytes = Buffer.from(asStream([...events.slice(0, 4), ...events.slice(1)]));
    assert.deepEqual(await collect(coachReading(() => [bytes]).stream(replyId)), events);
  });

  test('with an event that cannot be read is asked for it again', async () => {
    let connections = 0;
    const coach = coachReading((after) => [Buffer.from(++connections === 1 ? `${asStream(events.slice(0, 2))}data: {"type":\n\n` : asStream(events.slice(after)))]);
    assert.deepEqual(await collect(coach.stream(replyId)), events);
    assert.equal(connections, 2);
  });

  test('that the server closes goes on, and ends after the last event', async (t) => {
    const positions: number[] = [];
    const server = await serve(t, { [GET(streamPath)]: (seen, response) => {
      positions.push(positionOf(seen));
      const after = positions.at(-1) ?? 0;
      begin(response).write(asStream(events.slice(after, after + 3)));
      if (after + 3 < events.length) response.end(); // the last connection stays open
    } });
    assert.deepEqual(await collect(coachOf(server).stream(replyId)), events);
    assert.deepEqual(positions, [0, 3, 6]);
  });

  test('begins behind `after`', async (t) => {
    const server = await serve(t, { [GET(streamPath)]: streams(events) });
    assert.deepEqual(await collect(coachOf(server).stream(replyId, { after: 4 })), events.slice(4));
  });

  test('with 204 ends without events', async (t) => {
    const server = await serve(t, { [GET(streamPath)]: (_, response) => void response.writeHead(204).end() });
    assert.deepEqual(await collect(coachOf(server).stream(replyId, { after: 7 })), []);
    assert.equal(server.seen.length, 1);
  });

  test('refreshes an expired session', async (t) => {
    let valid = false;
    const server = await serve(t, {
      [GET(streamPath)]: (seen, response) => (valid ? streams(events)(seen, response) : problem(response, 401, 'expired_token')),
      'POST /api/v1/auth/refresh': (_, response) => {
        valid = true;
        json(response, 200, fixtures.refreshSession);
      },
    });
    assert.deepEqual(await collect(coachOf(server).stream(replyId)), events);
  });

  for (const [status, code] of [[400, 'validation_failed'], [401, 'session_expired'], [403, 'origin_forbidden'], [404, 'message_not_found'], [422, 'rule_broken']] as const) {
    test(`that is refused with ${status} is not tried again`, async (t) => {
      const server = await serve(t, { [GET(streamPath)]: (_, response) => problem(response, status, code) });
      await assert.rejects(collect(createCoach(createClient({ baseUrl: server.url, token: 'x' })).stream(replyId)), (error) => error instanceof ApiError && error.code === code);
      assert.equal(server.seen.length, 1);
    });
  }

  for (const status of [429, 503]) {
    test(`that is refused with ${status} waits as long as Retry-After says`, async (t) => {
      const pauses = skipPauses(t);
      const server = await serve(t, { [GET(streamPath)]: (seen, response) => (server.seen.length === 1 ? problem(response, status, 'unavailable', {}, { 'Retry-After': '17' }) : streams(events)(seen, response)) });
      assert.deepEqual(await collect(coachOf(server).stream(replyId)), events);
      assert.equal(pauses.filter((ms) => ms >= 17_000 && ms < 19_000).length, 1);
    });
  }

  test('is given up after failures without an event; each event begins the count again', async (t) => {
    const pauses = skipPauses(t);
    let requests = 0;
    const server = await serve(t, { [GET(streamPath)]: (seen, response) => {
      if (++requests % 4 !== 0) return void response.destroy();
      begin(response).write(asStream(events.slice(positionOf(seen), positionOf(seen) + 1)), () => response.destroy());
    } });
    assert.deepEqual(await collect(coachOf(server, { retries: 4 }).stream(replyId)), events);
    const longest = Math.max(...pauses);
    assert.ok(longest > 1000 && longest <= 4000, `the pauses grow to ${longest}`);
    requests = 0;
    await assert.rejects(collect(coachOf(server, { retries: 2 }).stream(replyId)), NetworkError);
    assert.equal(requests, 3);
  });

  test('that closes again and again without an event is given up', async (t) => {
    skipPauses(t);
    const server = await serve(t, { [GET(streamPath)]: (_, response) => void begin(response).end() });
    await assert.rejects(collect(coachOf(server, { retries: 3 }).stream(replyId)), NetworkError);
    assert.equal(server.seen.length, 4);
  });
});

describe('the text of a reply', () => {
  const end = events.at(-1);
  assert.ok(end?.type === 'message.completed');
  for (const [name, damaged] of Object.entries({ 'another checksum': { ...end, sha256: 'f'.repeat(64) }, 'another length': { ...end, bytes: 3 } })) {
    test(`with ${name} is refused`, async (t) => {
      const server = await serve(t, { [GET(streamPath)]: streams([...events.slice(0, -1), damaged]) });
      const seen: CoachEvent[] = [];
      await assert.rejects(async () => {
        for await (const event of coachOf(server).stream(replyId)) seen.push(event);
      }, (error: unknown) => error instanceof CorruptReplyError && error.code === 'corrupt_reply');
      assert.deepEqual(seen, events.slice(0, -1));
    });
  }
});

describe('long polling', () => {
  const held: Handler = () => {}; // as a proxy that waits for the end of the stream

  test('takes the place of a stream that does not arrive, also for the next reply', async (t) => {
    const server = await serve(t, { [GET(streamPath)]: held, [GET(eventsPath)]: lists(events) });
    const asked: string[] = [];
    const counting = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      asked.push((input as Request).url);
      return fetch(input, init);
    };
    const coach = createCoach(createClient({ baseUrl: server.url, fetch: counting }), { firstByte: 20 });
    assert.deepEqual(await collect(coach.stream(replyId)), events);
    assert.deepEqual(await collect(coach.stream(replyId, { after: 6 })), events.slice(6));
    assert.equal(asked.filter((url) => url.includes(streamPath)).length, 1);
    assert.ok(server.seen.some(({ path }) => path.includes('wait=25')));
  });

  test('takes the place of a stream that falls silent, for this reply', async (t) => {
    const server = await serve(t, { [GET(streamPath)]: (_, response) => void begin(response, asStream(events.slice(0, 3))), [GET(eventsPath)]: lists(events) });
    const coach = coachOf(server, { silence: 20 });
    assert.deepEqual(await collect(coach.stream(replyId)), events);
    assert.deepEqual(server.seen.filter(({ path }) => path.startsWith(eventsPath)).map(positionOf), [3, 5]);
    assert.deepEqual(await collect(coach.stream(replyId)), events);
    assert.equal(server.seen.filter(({ path }) => path.startsWith(streamPath)).length, 2, 'the next reply is streamed again');
  });

  test('can be forced, survives failures and ends with the last event', async (t) => {
    skipPauses(t);
    const server = await serve(t, { [GET(eventsPath)]: (seen, response) => {
      if (server.seen.length === 2) return void response.destroy();
      if (server.seen.length === 3) return problem(response, 503, 'unavailable');
      lists(events, 3)(seen, response);
    } });
    assert.deepEqual(await collect(coachOf(server, { mode: 'poll' }).stream(replyId)), events);
    assert.deepEqual(server.seen.map(positionOf), [0, 3, 3, 3, 6]);
  });

  test('asks again when nothing has happened', async (t) => {
    skipPauses(t);
    const server = await serve(t, { [GET(eventsPath)]: (seen, response) => (server.seen.length % 2 ? lists(events, 0)(seen, response) : lists(events)(seen, response)) });
    assert.deepEqual(await collect(coachOf(server, { mode: 'poll' }).stream(replyId)), events);
  });

  test('is not used with the mode `stream`', async (t) => {
    const server = await serve(t, { [GET(streamPath)]: (seen, response) => (server.seen.length === 1 ? held(seen, response) : streams(events)(seen, response)), [GET(eventsPath)]: lists(events) });
    assert.deepEqual(await collect(coachOf(server, { mode: 'stream', silence: 20 }).stream(replyId)), events);
    assert.equal(server.count(eventsPath), 0);
  });
});

describe('leaving', () => {
  /** A server with a reply that never ends, and a promise of its connection being closed. */
  async function endless(t: TestContext): Promise<{ server: Server; closed: Promise<void> }> {
    let onClose = (): void => {};
    const closed = new Promise<void>((resolve) => (onClose = resolve));
    const server = await serve(t, {
      [GET(streamPath)]: (_, response) => void begin(response.on('close', onClose)).write(asStream(events.slice(0, 2))),
      [`POST ${cancelPath}`]: (_, response) => void response.writeHead(204).end(),
    });
    return { server, closed };
  }

  test('the loop closes the connection and cancels nothing', async (t) => {
    const { server, closed } = await endless(t);
    for await (const event of coachOf(server).stream(replyId)) if (event.type === 'message.delta') break;
    await closed;
    assert.equal(server.count(cancelPath), 0);
  });

  test('by a signal closes the connection, throws its reason and cancels nothing', async (t) => {
    const { server, closed } = await endless(t);
    const controller = new AbortController();
    await assert.rejects(async () => {
      for await (const event of coachOf(server).stream(replyId, { signal: controller.signal })) if (event.type === 'message.delta') controller.abort();
    }, { name: 'AbortError' });
    await closed;
    assert.equal(server.count(cancelPath), 0);
    await assert.rejects(collect(coachOf(server).stream(replyId, { signal: AbortSignal.abort() })), { name: 'AbortError' });
    await assert.rejects(collect(coachOf(server, { mode: 'poll' }).stream(replyId, { signal: AbortSignal.abort() })), { name: 'AbortError' });
  });

  test('by a signal ends a pause', async (t) => {
    const controller = new AbortController();
    const server = await serve(t, { [GET(streamPath)]: (_, response) => {
      problem(response, 503, 'unavailable', {}, { 'Retry-After': '3600' });
      response.on('close', () => controller.abort());
    } });
    await assert.rejects(collect(coachOf(server).stream(replyId, { signal: controller.signal })), { name: 'AbortError' });
  });

  test('is not cancelling: cancel stops a reply', async (t) => {
    const { server } = await endless(t);
    assert.equal(await coachOf(server).cancel(replyId), undefined);
    assert.equal(server.count(cancelPath), 1);
  });
});

describe('a conversation', () => {
  const messages = `/api/v1/coach/conversations/${conversationId}/messages`;

  test('reply sends a message and yields the events of its reply', async (t) => {
    const server = await serve(t, { [`POST ${messages}`]: (_, response) => json(response, 202, fixtures.sendMessage), [GET(streamPath)]: streams(events) });
    const coach = coachOf(server);
    const sent: string[] = [];
    const reply = coach.reply(conversationId, 'two eggs', { onSent: ({ reply_id }) => sent.push(reply_id), idempotencyKey: 'one-key-per-message' });
    assert.deepEqual(await collect(reply), events);
    assert.deepEqual(sent, [replyId]);
    const [post] = server.seen;
    assert.deepEqual([post?.body, post?.headers['idempotency-key']], ['{"content":"two eggs"}', 'one-key-per-message']);
    assert.equal((await coach.send(conversationId, { content: 'and oats', timezone: 'Europe/Berlin' })).reply_id, replyId);
    assert.match(server.seen.at(-1)?.body ?? '', /Berlin/);
    assert.ok(server.seen.at(-1)?.headers['idempotency-key'], 'the client makes a key');
  });

  test('reply throws when the message is refused', async (t) => {
    const server = await serve(t, { [`POST ${messages}`]: (_, response) => problem(response, 409, 'reply_in_progress') });
    await assert.rejects(collect(coachOf(server).reply(conversationId, 'two eggs')), (error) => error instanceof ApiError && error.code === 'reply_in_progress');
    assert.equal(server.seen.length, 1);
  });

  test('resume follows the reply that is being made', async (t) => {
    let active: string | undefined = replyId;
    const server = await serve(t, {
      [GET(`/api/v1/coach/conversations/${conversationId}`)]: (_, response) => json(response, 200, { ...fixtures.getConversation, active_message_id: active }),
      [GET(streamPath)]: streams(events),
    });
    const resumed = await coachOf(server).resume(conversationId);
    assert.equal(resumed?.messageId, replyId);
    assert.deepEqual(await collect(resumed.events), events);
    active = undefined;
    assert.equal(await coachOf(server).resume(conversationId), undefined);
  });
});
