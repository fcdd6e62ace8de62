import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signEmbedToken } from '@inlay/sdk/embed'
import type { Demo } from './product.js'

/** Somebody who has the widget open at a vendor. */
export interface EndUser {
  readonly sub: string
  readonly name: string
  readonly role?: 'viewer' | 'editor' | 'publisher' | 'admin'
  /** The vendor's id of the company that the person works for. @default 'acme-books' */
  readonly customer?: string
}

/** Reads who looks and what to show from its own address, mounts the frame, and keeps what the frame tells. */
const SCRIPT = `
const query = new URLSearchParams(location.search)
window.events = []
window.reasons = []
window.violations = []
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  window.violations.push(violatedDirective + ' ' + blockedURI))
const getToken = async ({ reason }) => {
  window.reasons.push(reason)
  const answer = await fetch('/token?user=' + encodeURIComponent(query.get('user')))
  if (!answer.ok) throw new Error('The vendor gave no token.')
  return answer.text()
}
window.handle = Inlay.mount('#widget', { getToken, ...JSON.parse(query.get('settings')) })
window.handle.on('*', ({ type }) => window.events.push(type))
`

const STYLES = 'body { margin: 0 } #widget { height: 100vh }'

/**
 * A vendor's page under a strict policy, and a route that signs tokens for whoever is said to look. It is on another site
 * than the control plane, so that the frame has the fewest rights that browsers know.
 */
export class VendorSite {
  /** Whether the vendor's backend gives no tokens just now. */
  isRefusing = false
  #demo: Demo | undefined

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** Takes an address, which the product has to know before it starts. Serves nothing yet. */
  static async open(): Promise<VendorSite> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on TCP has an AddressInfo, never a pipe's name.
    const { port } = server.address() as AddressInfo
    const site = new VendorSite(server, `http://127.0.0.1:${port}`)
    server.on('request', ({ url = '/' }, response: ServerResponse) => void site.answer(url, response))
    return site
  }

  serve(demo: Demo): void {
    this.#demo = demo
  }

  /** Where somebody sees the widget. @param settings options of the widget that are plain data */
  address(user: EndUser, settings: object): string {
    const query = new URLSearchParams({ user: JSON.stringify(user), settings: JSON.stringify(settings) })
    return `${this.origin}/?${query}`
  }

  close(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  private async answer(url: string, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(url, this.origin)
    const demo = this.#demo
    if (demo === undefined) return void response.writeHead(503).end()
    const { baseUrl } = demo
    const send = (type: string, body: string, headers = {}): void =>
      void response.writeHead(200, { 'content-type': type, ...headers }).end(body)
    if (pathname === '/page.js') return send('text/javascript', SCRIPT)
    if (pathname === '/page.css') return send('text/css', STYLES)
    if (pathname === '/') return send('text/html', pageOf(baseUrl), { 'content-security-policy': policyOf(baseUrl) })
    if (pathname !== '/token' || this.isRefusing) return void response.writeHead(500).end()
    send('text/plain', await tokenFor(demo, JSON.parse(searchParams.get('user') ?? '')))
  }
}

function tokenFor(demo: Demo, { sub, name, role = 'admin', customer = 'acme-books' }: EndUser): Promise<string> {
  return signEmbedToken({
    signingKey: demo.embedSigningKey,
    keyId: demo.embedKeyId,
    tenantId: demo.tenantId,
    audience: demo.baseUrl,
    user: { sub, name },
    customer: { externalId: customer },
    role,
  })
}

function pageOf(baseUrl: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Vendor</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css"></head><body><main id="widget"></main>
<script src="${baseUrl}/embed/v1.js"></script><script src="/page.js"></script></body></html>`
}

function policyOf(baseUrl: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${baseUrl}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-src ${baseUrl}`,
  ].join('; ')
}
