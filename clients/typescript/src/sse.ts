// Reads server-sent events as the standard describes them, from text that arrives in pieces of any size.

/** One event; `data` is not parsed. */
export interface ServerSentEvent {
  readonly data: string;
  /** The last `id:` that was sent, also with an earlier event. */
  readonly id: string;
  readonly event: string;
}

export class EventReader {
  #rest = '';
  #endedWithCR = false;
  #data: string[] = [];
  #id = '';
  #event = '';

  /** Returns the events that are complete with this piece. */
  read(piece: string): ServerSentEvent[] {
    if (piece === '') return [];
    // A CR ends a line at once; an LF after it belongs to it, also when it comes with the next piece.
    const text = this.#rest + (this.#endedWithCR && piece.startsWith('\n') ? piece.slice(1) : piece);
    this.#endedWithCR = piece.endsWith('\r');
    const events: ServerSentEvent[] = [];
    let start = 0;
    for (const end of text.matchAll(/\r\n|\n|\r/g)) {
      const event = this.#readLine(text.slice(start, end.index));
      if (event) events.push(event);
      start = end.index + end[0].length;
    }
    this.#rest = text.slice(start);
    return events;
  }

  #readLine(line: string): ServerSentEvent | undefined {
    if (line === '') return this.#finish();
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#event = value;
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
    return undefined; // a comment has no name; `retry` is for EventSource: our pauses depend on what has failed
  }

  #finish(): ServerSentEvent | undefined {
    const event = { data: this.#data.join('\n'), id: this.#id, event: this.#event || 'message' };
    const complete = this.#data.length > 0;
    this.#data = [];
    this.#event = '';
    return complete ? event : undefined;
  }
}
