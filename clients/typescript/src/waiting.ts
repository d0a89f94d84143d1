// Waiting that ends when a signal is aborted.

/** Rejects with the reason of the signal as soon as it is aborted. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(reasonOf(signal));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** The reason of an aborted signal. React Native up to 0.86 keeps none. */
export function reasonOf(signal: AbortSignal): unknown {
  return signal.reason === undefined ? Object.assign(new Error('The call was aborted.'), { name: 'AbortError' }) : signal.reason;
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return orAborted(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))), signal).finally(() => clearTimeout(timer));
}
