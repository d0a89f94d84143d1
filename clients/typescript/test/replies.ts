// Replies of the coach as a server sends them, for the tests of ./coach and ./ai.
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { CoachEvent, Proposal } from '@ultimate-coach/client';
import { fixtures } from '@ultimate-coach/client/testing';
import type { Handler, Seen } from './server.js';

export const conversationId = 'c0d40000-0000-4000-8000-000000000001';
export const replyId = 'c0d40000-0000-4000-8000-000000000003';
export const streamPath = '/api/v1/coach/stream';
export const eventsPath = `/api/v1/coach/messages/${replyId}/events`;
export const cancelPath = `/api/v1/coach/messages/${replyId}/cancel`;
export const proposal: Proposal = fixtures.getProposal;

type Body = CoachEvent extends infer E ? (E extends CoachEvent ? Omit<E, 'seq' | 'message_id'> : never) : never;

/** The events of a reply: the first one, those given, where a text is a piece of the reply, and the last one. */
export function eventsOf(...parts: (string | Body)[]): CoachEvent[] {
  const text = Buffer.from(parts.filter((part) => typeof part === 'string').join(''));
  const all: Body[] = [
    { type: 'message.started', conversation_id: conversationId, provider: 'local', model: 'local' },
    ...parts.map((part): Body => (typeof part === 'string' ? { type: 'message.delta', text: part } : part)),
    { type: 'message.completed', finish_reason: 'stop', sources: [], bytes: text.byteLength, sha256: createHash('sha256').update(text).digest('hex') },
  ];
  return all.map((body, index) => ({ ...body, message_id: replyId, seq: index + 1 }) as CoachEvent);
}

export function asStream(events: CoachEvent[], newline = '\n'): string {
  return events.map((event) => `id: ${event.seq}${newline}data: ${JSON.stringify(event)}${newline}${newline}`).join('');
}

export function positionOf(seen: Seen): number {
  return Number(new URLSearchParams(seen.path.split('?')[1]).get('after') ?? 0);
}

/** Begins a stream; its first bytes and `more` arrive together. */
export function begin(response: ServerResponse, more = ''): ServerResponse {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(`retry: 2000\n:\n\n${more}`);
  return response;
}

/** Streams the events behind the position of the request, and closes. */
export function streams(events: CoachEvent[]): Handler {
  return (seen, response) => void begin(response).end(asStream(events.filter(({ seq }) => seq > positionOf(seen))));
}

/** Returns at most `size` events behind the position of the request as JSON. */
export function lists(events: CoachEvent[], size = 2): Handler {
  return (seen, response) => {
    const data = events.filter(({ seq }) => seq > positionOf(seen)).slice(0, size);
    const next_after = data.at(-1)?.seq ?? positionOf(seen);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ data, next_after, done: next_after === events.length }));
  };
}
