// A server that renders pages as Next.js and Remix do: one client and one QueryClient per request, with the cookies of the page's request,
// and React that waits for suspended queries.
import { createServer } from 'node:http';
import { PassThrough } from 'node:stream';
import { QueryClientProvider, useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { createClient, forwardCookies, isApiError } from '@ultimate-coach/client';
import { createQueryClient, getMeOptions, listMealsInfiniteOptions } from '@ultimate-coach/client/query';
import { createElement, Suspense } from 'react';
import { renderToPipeableStream } from 'react-dom/server';

function Diary({ client }) {
  const { data: me } = useSuspenseQuery(getMeOptions({ client }));
  const { data: meals } = useSuspenseInfiniteQuery(listMealsInfiniteOptions({ client, query: { limit: 10 } }));
  const names = meals.pages.flatMap((page) => page.data).flatMap((meal) => meal.items.map((item) => item.name));
  return createElement('main', null, `${me.email} ate ${names.join(', ')}`);
}

function render(element) {
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(element, {
      onError: reject,
      async onAllReady() {
        resolve(Buffer.concat(await pipe(new PassThrough()).toArray()).toString());
      },
    });
  });
}

/** Starts the server. `POST /sign-in` takes the body of `login`, `POST /meals` that of `createMeal`, `GET /` is the page. */
export async function startPages(t, baseUrl) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { fetch, setCookie } = forwardCookies(request.headers.cookie);
    const api = createClient({ baseUrl, fetch });
    let status = 200;
    let page = '';
    try {
      if (request.url === '/sign-in') await api.login({ body: JSON.parse(body) });
      else if (request.url === '/meals') await api.createMeal({ body: JSON.parse(body) });
      else page = await render(createElement(QueryClientProvider, { client: createQueryClient() }, createElement(Suspense, null, createElement(Diary, { client: api.client }))));
    } catch (error) {
      status = isApiError(error) ? error.status : 500;
      page = String(error);
    }
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Set-Cookie': setCookie }).end(page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** A browser's cookies for that server. */
export function browserOf(url) {
  const cookies = new Map();
  return {
    cookies,
    async send(method, path, body) {
      const headers = { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
      const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
        cookies.set(name, value);
      }
      return { status: response.status, text: await response.text(), setCookie: response.headers.getSetCookie() };
    },
  };
}
