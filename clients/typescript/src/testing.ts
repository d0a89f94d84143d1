// For tests of apps: responses from the examples of the contract, as a fake API or as handlers of MSW.
import { fixtures, problems, routes } from './gen/examples.gen.js';
import { createClient, type Api, type OperationId, type ResultOf } from './client.js';
import type { CoachEvent } from './gen/types.gen.js';
import { hexDigest } from './digest.js';
import type { ClientConfig } from './transport.js';

export { fixtures };

/** The data of one operation; of `streamMessage` the events of the reply, which `listMessageEvents` returns too. */
export type FakeData<Id extends OperationId> = Id extends 'streamMessage' ? CoachEvent[] : ResultOf<Id>;

/** A response of one operation: its data, a whole Response such as that of `problem`, or a function that returns one of them. */
export type FakeResponse<Id extends OperationId> = FakeData<Id> | Response | ((request: Request) => FakeData<Id> | Response | Promise<FakeData<Id> | Response>);

/** The responses that differ from the examples. */
export type FakeResponses = { [Id in OperationId]?: FakeResponse<Id> };

/** An event of a reply without the members that all events have. */
export type FakeEvent = CoachEvent extends infer E ? (E extends CoachEvent ? Omit<E, 'message_id' | 'seq'> : never) : never;

/**
 * The events of a reply of the coach, for `streamMessage`: `() => fakeReply('Two eggs: ', { type: 'proposal', proposal: fixtures.getProposal }, 'confirm it.')`.
 * A text is a piece of the reply. The first and the last event are added, unless the last one given is `message.completed` or `message.failed`.
 */
export async function fakeReply(...parts: (string | FakeEvent)[]): Promise<CoachEvent[]> {
  const { reply_id: message_id, message } = fixtures.sendMessage;
  const events: FakeEvent[] = [
    { type: 'message.started', conversation_id: message.conversation_id, provider: 'local', model: 'local' },
    ...parts.map((part): FakeEvent => (typeof part === 'string' ? { type: 'message.delta', text: part } : part)),
  ];
  const last = events.at(-1)?.type;
  if (last !== 'message.completed' && last !== 'message.failed') {
    const text = new TextEncoder().encode(parts.filter((part) => typeof part === 'string').join(''));
    events.push({ type: 'message.completed', finish_reason: 'stop', sources: [], bytes: text.byteLength, sha256: (await hexDigest(text)) ?? '0'.repeat(64) });
  }
  return events.map((event, index) => ({ ...event, message_id, seq: index + 1 }) as CoachEvent);
}

/** The response of an error, by its code: `problem('email_taken')`. `more` replaces members, such as `errors`. */
export function problem(code: keyof typeof problems, more: Record<string, unknown> = {}, headers: Record<string, string> = {}): Response {
  const document = { ...problems[code], code, request_id: 'test', ...more };
  return new Response(JSON.stringify(document), { status: document.status, headers: { 'Content-Type': 'application/problem+json', 'X-Request-ID': 'test', ...headers } });
}

/** A fetch that returns the examples of the contract, and `responses` where given. Unknown paths are 404 `route_not_found`. */
export function fakeFetch(responses: FakeResponses = {}): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const id = operationOf(request.method, new URL(request.url).pathname);
    return id === undefined ? problem('route_not_found') : respond(id, request, responses);
  };
}

export interface FakeApi {
  readonly api: Api;
  /** All requests in their order. */
  readonly requests: Request[];
}

/** A client whose server is `fakeFetch`: `const { api, requests } = createFakeApi({ getMe: { ...fixtures.getMe, language: 'de' } })`. */
export function createFakeApi(responses: FakeResponses = {}, config: Partial<ClientConfig> = {}): FakeApi {
  const requests: Request[] = [];
  const fetch = fakeFetch(responses);
  return {
    requests,
    api: createClient({
      baseUrl: 'https://api.test',
      ...config,
      fetch: (input, init) => {
        const request = new Request(input, init);
        requests.push(request.clone());
        return fetch(request);
      },
    }),
  };
}

type Resolver = (info: { request: Request }) => Promise<Response>;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** MSW's `http`, as far as it is used here. */
export type MswHttp<Handler> = Record<Method, (path: string, resolver: Resolver) => Handler>;

/** Handlers for MSW, one per operation: `setupServer(...createHandlers(http, 'https://api.example.com'))` with `http` of `msw`. */
export function createHandlers<Handler>(http: MswHttp<Handler>, baseUrl: string, responses: FakeResponses = {}): Handler[] {
  return sorted().map(([id, [method, path]]) => (
    http[method.toLowerCase() as Method](baseUrl + path.replace(/\{(\w+)\}/g, ':$1'), ({ request }) => respond(id, request, responses))
  ));
}

async function respond(id: OperationId, request: Request, responses: FakeResponses): Promise<Response> {
  const data = await dataOf(id, request, responses[id]);
  if (data instanceof Response) return data.clone();
  if (id === 'streamMessage') return stream(behind(request, data as CoachEvent[]));
  if (data === undefined && id === 'listMessageEvents') return page(request, await dataOf('streamMessage', request, responses.streamMessage));
  const found = data ?? (fixtures as Record<string, unknown>)[id];
  const [, , status] = routes[id];
  return found === undefined ? new Response(null, { status, headers }) : Response.json(found, { status, headers });
}

const headers = { 'X-Request-ID': 'test' };

// The data that a test has given; a reply of the coach has no example as a whole.
async function dataOf(id: OperationId, request: Request, given: unknown): Promise<unknown> {
  const data = await (typeof given === 'function' ? (given as (request: Request) => unknown)(request) : given);
  if (data !== undefined || id !== 'streamMessage') return data;
  const reply = fixtures.listMessages.data.find(({ role }) => role === 'assistant');
  return fakeReply(...(reply?.content.split(/(?<= )/) ?? []));
}

function behind(request: Request, events: CoachEvent[]): CoachEvent[] {
  const after = Number(new URL(request.url).searchParams.get('after') ?? 0);
  return events.filter(({ seq }) => seq > after);
}

function stream(events: CoachEvent[]): Response {
  if (events.length === 0) return new Response(null, { status: 204, headers });
  const text = events.map((event) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  return new Response(text, { headers: { ...headers, 'Content-Type': 'text/event-stream' } });
}

function page(request: Request, events: unknown): Response {
  if (events instanceof Response) return events.clone();
  const data = behind(request, events as CoachEvent[]);
  const after = Number(new URL(request.url).searchParams.get('after') ?? 0);
  return Response.json({ data, next_after: data.at(-1)?.seq ?? after, done: true }, { headers });
}

// Fixed paths before paths with parameters, which would match them too.
function sorted(): [OperationId, readonly [string, string, number]][] {
  const all = Object.entries(routes) as [OperationId, readonly [string, string, number]][];
  return all.sort(([, [, a]], [, [, b]]) => Number(a.includes('{')) - Number(b.includes('{')) || b.length - a.length);
}

function operationOf(method: string, path: string): OperationId | undefined {
  return sorted().find(([, [of, pattern]]) => of === method && new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))?.[0];
}
