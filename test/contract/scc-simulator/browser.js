import { parse } from 'node-html-parser';
/** A minimal browser: Basic, a cookie jar, no redirects of its own. Independent of the client. */
export class Browser {
    sim;
    jar = new Map();
    basic = true;
    constructor(sim) {
        this.sim = sim;
    }
    async send(path, init = {}) {
        const { httpAuthUser, httpAuthPassword } = this.sim.credentials;
        const headers = new Headers(init.headers);
        if (this.basic) {
            headers.set('authorization', `Basic ${Buffer.from(`${httpAuthUser}:${httpAuthPassword}`).toString('base64')}`);
        }
        if (this.jar.size > 0)
            headers.set('cookie', [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '));
        const response = await this.sim.fetch(new URL(path, this.sim.baseUrl), { redirect: 'manual', ...init, headers });
        for (const cookie of response.headers.getSetCookie()) {
            const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
            if (cookie.includes('Max-Age=0'))
                this.jar.delete(name);
            else
                this.jar.set(name, value);
        }
        return response;
    }
    /** GET with redirects. */
    async get(path) {
        let url = new URL(path, this.sim.baseUrl);
        for (let hops = 0; hops < 6; hops += 1) {
            const response = await this.send(url.href);
            const location = response.headers.get('location');
            if (location === null)
                return { response, url, page: parse(await response.text()) };
            url = new URL(location, url);
        }
        throw new Error('too many redirects');
    }
    post(path, fields, headers = {}) {
        const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
        const own = { 'x-csrftoken': this.jar.get('csrftoken') ?? '', referer: this.sim.baseUrl };
        return this.send(path, { method: 'POST', body, headers: { ...own, ...headers } });
    }
    async login() {
        await this.send('accounts/login/');
        const { username, password } = this.sim.credentials;
        return this.post('accounts/login/', { username, password });
    }
    async json(path) {
        const response = await this.send(path, { headers: { accept: 'application/json' } });
        return (await response.json());
    }
}
/** A browser that has logged in. */
export async function loggedIn(sim) {
    const browser = new Browser(sim);
    const response = await browser.login();
    if (response.status !== 302)
        throw new Error(`login: ${String(response.status)}`);
    return browser;
}
/** White space made single, as a reader sees it. */
export function text(node) {
    return node?.text.replace(/\s+/g, ' ').trim();
}
