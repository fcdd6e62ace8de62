import { sendHere } from './send-here.js'

/** Where a browser has come to rest. */
export interface Page {
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** A request of a page's form. */
export interface Submission {
  readonly form: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

const MOST_REDIRECTS = 20
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** As much of a browser as sign-ins on this machine need: cookies by host, and redirects one at a time. */
export class TestBrowser {
  private readonly jars = new Map<string, Map<string, string>>()

  /** One request; redirects are not followed. */
  async open(url: string | URL, submission?: Submission): Promise<Page> {
    const address = new URL(url)
    const body = submission === undefined ? undefined : new URLSearchParams(submission.form)
    const { status, headers, text } = await sendHere(address, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        cookie: this.cookiesOf(address),
        // As browsers do with every form.
        ...(body === undefined ? {} : FORM),
        ...(body === undefined ? {} : { origin: address.origin, 'sec-fetch-site': 'same-origin' }),
        ...submission?.headers,
      },
      ...(body === undefined ? {} : { body: body.toString() }),
    })
    this.keep(address, headers.getSetCookie())
    return { url: address, status, headers, text }
  }

  /** Follows redirects until there is a page, or the next address is one to stop before. */
  async follow(url: string | URL, stopBefore: (url: URL) => boolean = () => false): Promise<Page> {
    let page = await this.open(url)
    for (let count = 0; count < MOST_REDIRECTS; count++) {
      const location = page.headers.get('location')
      if (location === null) return page
      const next = new URL(location, page.url)
      if (stopBefore(next)) return { ...page, url: next }
      page = await this.open(next)
    }
    throw new Error(`Too many redirects from ${new URL(url).origin}.`)
  }

  /** Sets a cookie by hand. */
  setCookie(origin: string, name: string, value: string): void {
    this.jarOf(new URL(origin)).set(name, value)
  }

  /** What would be sent to an address. */
  cookiesOf(url: URL): string {
    return [...this.jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  private jarOf({ host }: URL): Map<string, string> {
    const jar = this.jars.get(host) ?? new Map<string, string>()
    this.jars.set(host, jar)
    return jar
  }

  private keep(url: URL, cookies: readonly string[]): void {
    const jar = this.jarOf(url)
    for (const cookie of cookies) {
      const [pair = ''] = cookie.split(';')
      const separator = pair.indexOf('=')
      const [name, value] = [pair.slice(0, separator), pair.slice(separator + 1)]
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
  }
}
