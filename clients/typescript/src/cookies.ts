// Calls that a server makes for the person whose page it renders.
const names = new Set(['access_token', 'refresh_token']);

export interface ForwardedCookies {
  /** For the config: `createClient({ baseUrl, fetch })`. It sends the session cookies of the page's request. */
  readonly fetch: typeof globalThis.fetch;
  /** The `Set-Cookie` lines that the API sent, to be added to the response of the page: a refresh replaces both cookies. */
  readonly setCookie: string[];
}

/**
 * Makes calls as the person whose browser sent a request to your own server: pass its `Cookie` header, or its headers. Only the two
 * session cookies are sent on. Make one per request, never one for all people. The cookies in `setCookie` have `Path=/`,
 * so that the browser sends them with every page of your server.
 */
export function forwardCookies(source: Headers | string | null | undefined, send: typeof globalThis.fetch = globalThis.fetch): ForwardedCookies {
  const cookies = parse(typeof source === 'string' ? source : source?.get('Cookie') ?? '');
  const setCookie: string[] = [];
  return {
    setCookie,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (cookies.size > 0) request.headers.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      const response = await send(request);
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (!names.has(name)) continue;
        // The next call of this page needs the new cookie.
        if (value === '' || /;\s*max-age=0\b/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
        setCookie.push(line.replace(/;\s*path=[^;]*/i, '; Path=/'));
      }
      return response;
    },
  };
}

function parse(header: string): Map<string, string> {
  const pairs = header.split(';').map((part) => part.trim()).map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const);
  return new Map(pairs.filter(([name]) => names.has(name)));
}
