// For tests of apps: responses from the examples of the contract, as a fake API or as handlers of MSW.
import { fixtures, problems, routes } from './gen/examples.gen.js';
import { createClient, type Api, type OperationId, type ResultOf } from './client.js';
import type { ClientConfig } from './transport.js';

export { fixtures };

/** A response of one operation: its data, a whole Response such as that of `problem`, or a function that returns one of them. */
export type FakeResponse<Id extends OperationId> = ResultOf<Id> | Response | ((request: Request) => ResultOf<Id> | Response | Promise<ResultOf<Id> | Response>);

/** The responses that differ from the examples. */
export type FakeResponses = { [Id in OperationId]?: FakeResponse<Id> };

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
    return id === undefined ? problem('route_not_found') : respond(id, request, responses[id]);
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
    http[method.toLowerCase() as Method](baseUrl + path.replace(/\{(\w+)\}/g, ':$1'), ({ request }) => respond(id, request, responses[id]))
  ));
}

async function respond(id: OperationId, request: Request, given: unknown): Promise<Response> {
  const data = await (typeof given === 'function' ? (given as (request: Request) => unknown)(request) : given ?? (fixtures as Record<string, unknown>)[id]);
  if (data instanceof Response) return data.clone();
  const [, , status] = routes[id];
  const headers = { 'X-Request-ID': 'test' };
  return data === undefined ? new Response(null, { status, headers }) : Response.json(data, { status, headers });
}

// Fixed paths before paths with parameters, which would match them too.
function sorted(): [OperationId, readonly [string, string, number]][] {
  const all = Object.entries(routes) as [OperationId, readonly [string, string, number]][];
  return all.sort(([, [, a]], [, [, b]]) => Number(a.includes('{')) - Number(b.includes('{')) || b.length - a.length);
}

function operationOf(method: string, path: string): OperationId | undefined {
  return sorted().find(([, [of, pattern]]) => of === method && new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))?.[0];
}
