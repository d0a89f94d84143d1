// A small API on a loopback port with the handlers of a test. It records all requests.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface Seen {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}
export type Handler = (seen: Seen, response: ServerResponse) => void | Promise<void>;

export interface Server {
  url: string;
  seen: Seen[];
  count(path: string): number;
}

export async function serve(t: TestContext, routes: Record<string, Handler>): Promise<Server> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    seen.push(one);
    const handler = routes[`${one.method} ${one.path.split('?')[0]}`];
    if (handler) await handler(one, response);
    else problem(response, 404, 'not_found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    count: (path) => seen.filter((one) => one.path.split('?')[0] === path).length,
  };
}

export function json(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'X-Request-ID': 'test-1', ...headers }).end(JSON.stringify(value));
}

export function problem(response: ServerResponse, status: number, code: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/problem+json', 'X-Request-ID': 'test-1', ...headers })
    .end(JSON.stringify({ type: 'TestError', status, code, detail: `The detail of ${code}.`, request_id: 'test-1', ...more }));
}

export const me = {
  id: 'd0000000-0000-4000-8000-000000000001', email: 'demo@ultimate-coach.example', created_at: '2026-11-09T08:00:00Z', updated_at: '2026-11-23T09:30:00Z',
  onboarding_completed: false, experience_level: 'beginner', dietary_preference: 'none', food_allergies: [], foods_to_avoid: [], meals_per_day: 3,
  unit_system: 'metric', timezone: 'Europe/Berlin', language: 'en',
};
export const signedIn = { user: { id: me.id, email: me.email, email_confirmed: true, onboarding_completed: false }, session: { expires_at: '2026-11-30T09:30:00Z' } };
