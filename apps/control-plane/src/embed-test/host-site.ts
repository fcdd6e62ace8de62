import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { signEmbedToken } from '@inlay/sdk/embed'
import { build, defaultClientConditions } from 'vite'
import type { Demo } from '../demo/demo.js'

/** Rules that pages have, and that widgets must not feel. */
const HOSTILE_STYLES = `
  * { box-sizing: content-box; letter-spacing: 2px; }
  body { font: italic 21px serif; text-transform: uppercase; color: maroon; margin: 30px; }
  button { background: hotpink; padding: 20px; border-radius: 0; font-size: 30px; text-transform: uppercase; }
  main button { border: 5px dashed lime; min-height: 90px; }
  svg { width: 100px; height: 100px; fill: lime; }
  h1, h2, p, ul, li { margin: 40px; color: red; list-style: square; }
  input, select { width: 40px; background: yellow; }
  table, td { border: 3px solid blue; }
  main { height: 700px; }
`

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Vendor</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css"><link rel="stylesheet" href="/hostile.css">
</head><body><h1>Vendor</h1><p>A <a href="#x">link</a> and a <button type="button">button</button></p>
<main id="widget"></main><main id="other"></main><script type="module" src="/page.js"></script></body></html>`

/** A vendor's site on an origin of its own: strict policy, hostile styles, and a route that signs tokens. */
export interface HostSite {
  readonly origin: string
  close(): void
}

/** Bundles the page as a vendor would, and serves it. @param baseUrl the control plane's */
export async function startHostSite(demo: Demo, baseUrl: string): Promise<HostSite> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-host-'))
  await bundle(folder)
  const server = createServer(({ url = '/' }, response) => {
    const path = url.split('?')[0]
    if (path === '/token') return void sendToken({ demo, baseUrl }, response)
    if (path === '/hostile.css') return void response.writeHead(200, { 'content-type': 'text/css' }).end(HOSTILE_STYLES)
    const isFile = path?.startsWith('/page.') === true || path?.startsWith('/assets/') === true
    if (!isFile) {
      const headers = { 'content-type': 'text/html', 'content-security-policy': policy(baseUrl) }
      return void response.writeHead(200, headers).end(PAGE)
    }
    const type = path?.endsWith('.css') ? 'text/css' : 'text/javascript'
    response.writeHead(200, { 'content-type': type }).end(readFileSync(join(folder, path ?? '')))
  })
  await listen(server)
  // A server that listens on TCP has an AddressInfo, never a pipe's name.
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, resolve))
}

/** What vendors with strict policies have, with the control plane as the one origin that is named. */
function policy(baseUrl: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${baseUrl}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${baseUrl} ${baseUrl.replace(/^http/, 'ws')}`,
    `frame-src ${baseUrl}`,
  ].join('; ')
}

async function sendToken({ demo, baseUrl }: { demo: Demo; baseUrl: string }, response: ServerResponse): Promise<void> {
  const token = await signEmbedToken({
    signingKey: demo.embedSigningKey,
    keyId: demo.embedKeyId,
    tenantId: demo.tenantId,
    audience: baseUrl,
    user: { sub: 'u1', name: 'Kim Lee' },
    customer: { externalId: 'acme-books' },
    role: 'admin',
  })
  response.writeHead(200, { 'content-type': 'text/plain' }).end(token)
}

async function bundle(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('../../embed', import.meta.url)),
    logLevel: 'error',
    mode: 'production',
    resolve: { conditions: ['inlay-source', ...defaultClientConditions] },
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      // Vite's own links in the head would be the vendor's doing, not the widget's.
      modulePreload: false,
      rolldownOptions: {
        input: { page: fileURLToPath(new URL('../../embed/src/test-page.ts', import.meta.url)) },
        output: { entryFileNames: '[name].js', assetFileNames: 'page[extname]' },
      },
    },
  })
}
