import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Addresses } from '@inlay/platform/domains'
import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import { type FrameRequest, type FrameRules, frameAncestors } from './frame-ancestors.js'
import { siteOf } from './site.js'

const portal = fileURLToPath(new URL('../../dist-portal', import.meta.url))
const embed = fileURLToPath(new URL('../../dist-embed', import.meta.url))

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // React Flow and Radix place things by style elements, which have no fixed text to hash.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'self'",
]

/** Of the embed page: nothing is excepted, so that it proves what vendors' own policies can be. */
const embedPolicy = (nonce: string): string[] => [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${nonce}'`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
]

/** The portal at `/` and the embed page at `/embed/`, as built. */
export function staticPages(rules: FrameRules & { readonly addresses: Addresses }): Router {
  const router = express.Router()
  const assets = { index: false, immutable: true, maxAge: '1y', fallthrough: true } as const
  router.use('/embed/assets', anyOrigin(), express.static(`${embed}/assets`, assets))
  router.get('/embed/v1.js', anyOrigin(), (_request, response) => {
    if (!isBuilt(response, `${embed}/v1.js`)) return
    response.setHeader('cache-control', 'public, max-age=300')
    response.sendFile(`${embed}/v1.js`)
  })
  router.get(['/embed', '/embed/'], async (request, response) => {
    await sendEmbedPage(response, await frameAncestors(frameRequest(request, rules.addresses), rules))
  })
  router.use('/assets', express.static(`${portal}/assets`, assets))
  router.use(express.static(portal, { index: false, fallthrough: true }))
  router.get('/{*path}', (request, response, next) => {
    if (isPageRequest(request)) sendPage(response, `${portal}/index.html`, "'none'")
    else next()
  })
  return router
}

/** Scripts of the widget are loaded by tenants' pages, also with `crossorigin` and an integrity hash. */
function anyOrigin(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('cross-origin-resource-policy', 'cross-origin')
    next()
  }
}

function frameRequest(request: Request, addresses: Addresses): FrameRequest {
  const { tenant } = request.query
  const { domain } = siteOf(request, addresses)
  // At its own domain a tenant is known, whatever the address says besides.
  const tenantId = domain?.tenantId ?? (typeof tenant === 'string' ? tenant : undefined)
  return { tenantId, referer: request.headers.referer }
}

function sendPage(response: Response, file: string, ancestors: string): void {
  if (!isBuilt(response, file)) return
  response.setHeader('content-security-policy', [...POLICY, `frame-ancestors ${ancestors}`].join('; '))
  response.setHeader('cache-control', 'no-cache')
  response.sendFile(file)
}

const NONCE_BYTES = 16

/** The page carries the nonce of its own answer. */
async function sendEmbedPage(response: Response, ancestors: string): Promise<void> {
  const file = `${embed}/index.html`
  if (!isBuilt(response, file)) return
  const nonce = randomBytes(NONCE_BYTES).toString('base64')
  const page = await readFile(file, 'utf8')
  response.setHeader('content-security-policy', [...embedPolicy(nonce), `frame-ancestors ${ancestors}`].join('; '))
  response.setHeader('cache-control', 'no-store')
  response.type('html').send(page.replace('%CSP_NONCE%', nonce))
}

function isBuilt(response: Response, file: string): boolean {
  if (existsSync(file)) return true
  response.status(503).type('text/plain').send('The pages are not built. Run: npx -y pnpm@12 build')
  return false
}

/** A person's visit, as opposed to a file that is not there or a call to an address that is not. */
function isPageRequest({ path, headers }: Request): boolean {
  const isApi =
    /^\/(\.well-known|internal|v1|trpc|mcp|hooks|callbacks|docs|embed|assets|healthz|readyz|metrics)(\/|$)/.test(path)
  return !isApi && extname(path) === '' && /text\/html|^\*\/\*$/.test(headers.accept ?? '*/*')
}
