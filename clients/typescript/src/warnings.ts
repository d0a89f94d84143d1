// The only messages that this library prints, each once: mistakes that would otherwise look like a sign-in that does not work.
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
let warned = false;

/** Warns when the page and the API have different names of this machine: the browser then keeps the session cookies back. */
export function warnAboutLoopback(baseUrl: string): void {
  const page = (globalThis as { location?: { hostname?: string } }).location?.hostname;
  if (warned || page === undefined || !loopback.has(page) || !URL.canParse(baseUrl)) return;
  const api = new URL(baseUrl).hostname;
  if (!loopback.has(api) || api === page) return;
  warned = true;
  console.warn(`The page is at ${page} and the API at ${api}. Browsers treat them as different sites and send no session cookies: `
    + `every call will be 401. Use the same name for both, for example ${JSON.stringify(baseUrl.replace(api, page))} as baseUrl.`);
}
