// The globals of React Native, for a script that Metro has bundled: those of the language, as far as Hermes has them, timers,
// and what React Native implements natively below its own fetch: XMLHttpRequest, Blob, FileReader. There is no crypto,
// BroadcastChannel, document, location, navigator.locks, DOMException, ReadableStream, TextDecoder or structuredClone.
// (React Native has a URL with half of its members; the client must work without any.)
import vm from 'node:vm';

// In V8, and not in Hermes.
const missing = ['Atomics', 'FinalizationRegistry', 'Iterator', 'SharedArrayBuffer', 'WebAssembly'];

/** Runs a bundle and returns its globals. */
export function runInReactNative(bundle) {
  const context = vm.createContext({
    setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, queueMicrotask, console,
    Blob: NativeBlob, FileReader, XMLHttpRequest,
    navigator: { product: 'ReactNative' },
    process: { env: { NODE_ENV: 'production' } },
    __DEV__: false,
  });
  vm.runInContext('globalThis.window = globalThis.self = globalThis.global = globalThis;', context);
  for (const name of missing) vm.runInContext(`delete globalThis.${name};`, context);
  vm.runInContext(bundle, context, { filename: 'bundle.js' });
  return vm.runInContext('globalThis', context);
}

// As BlobManager.js: parts that are bytes are refused.
class NativeBlob {
  constructor(parts = [], { type = '' } = {}) {
    if (parts.some((part) => typeof part !== 'string' && !(part instanceof NativeBlob))) {
      throw new Error("Creating blobs from 'ArrayBuffer' and 'ArrayBufferView' are not supported");
    }
    this.bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part.bytes)));
    this.type = type;
  }

  get size() {
    return this.bytes.length;
  }
}

class FileReader {
  readAsText(blob) {
    this.#finish(blob.bytes.toString('utf8'));
  }

  readAsArrayBuffer(blob) {
    this.#finish(new Uint8Array(blob.bytes).buffer);
  }

  #finish(result) {
    queueMicrotask(() => {
      this.result = result;
      this.onload?.();
    });
  }
}

class XMLHttpRequest {
  readyState = 0;
  responseType = '';
  #abort = new AbortController();
  #headers = [];
  #request;
  #responseHeaders;

  open(method, url) {
    this.#request = { method, url };
    this.readyState = 1;
  }

  setRequestHeader(name, value) {
    this.#headers.push([name, value]);
  }

  getAllResponseHeaders() {
    return [...this.#responseHeaders].map(([name, value]) => `${name}: ${value}`).join('\r\n');
  }

  abort() {
    this.#abort.abort();
  }

  async send(body) {
    const { method, url } = this.#request;
    try {
      const response = await fetch(url, { method, headers: this.#headers, body: body ?? undefined, signal: this.#abort.signal });
      const blob = new NativeBlob();
      blob.bytes = Buffer.from(await response.arrayBuffer());
      this.#responseHeaders = response.headers;
      this.status = response.status;
      this.statusText = response.statusText;
      this.response = this.responseType === 'blob' ? blob : blob.bytes.toString('utf8');
      this.readyState = 4;
      this.onload?.();
    } catch {
      this.readyState = 4;
      if (this.#abort.signal.aborted) this.onabort?.();
      else this.onerror?.();
    }
    this.onreadystatechange?.();
  }
}
