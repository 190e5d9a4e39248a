import { SCC } from '../../../src/scc/index.js';
/** Credentials for made-up sites. */
export const credentials = {
    httpAuthUser: 'site',
    httpAuthPassword: 'site-pass-word',
    username: 'me',
    password: 'my-pass-word',
};
/** An answer of a made-up site; cookies as a list. */
export function reply(body, init = {}) {
    const headers = new Headers({ 'content-type': init.type ?? 'text/html; charset=utf-8', ...init.headers });
    for (const cookie of init.cookies ?? [])
        headers.append('set-cookie', cookie);
    return new Response(init.status === 204 || init.status === 304 ? null : body, {
        status: init.status ?? 200,
        headers,
    });
}
/** The pages of a login that works, and what a test adds. */
export function site(pages, options = {}) {
    const calls = [];
    const fetch = async (input, init) => {
        const url = new URL(String(input));
        const method = init?.method ?? 'GET';
        calls.push(`${method} ${url.pathname}${url.search}`);
        const body = init?.body === undefined || init.body === null ? '' : await new Response(init.body).text();
        const own = await pages({ method, url, body, headers: new Headers(init?.headers) });
        if (own !== undefined)
            return own;
        if (url.pathname.endsWith('/accounts/login/')) {
            if (method === 'POST')
                return reply('', {
                    status: 302,
                    headers: { location: '/' },
                    cookies: ['sessionid=the-session-cookie; Path=/; HttpOnly', 'csrftoken=rotated-token; Path=/'],
                });
            return reply('<form><input type=hidden name=csrfmiddlewaretoken value=abc><input name=username><input type=password name=password></form>', { cookies: ['csrftoken=first-token; Path=/'] });
        }
        if (url.pathname.endsWith('/accounts/logout/'))
            return reply('bye', { cookies: ['sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/'] });
        return reply('<h1>Not Found</h1>', { status: 404 });
    };
    return { scc: new SCC(credentials, { baseUrl: 'https://scc.test/', retries: 0, fetch, ...options }), calls };
}
