import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import { type FrameRequest, type FrameRules, frameAncestors } from './frame-ancestors.js'

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

/** The portal at `/` and the embed page at `/embed/`, as built. */
export function staticPages(rules: FrameRules): Router {
  const router = express.Router()
  const assets = { index: false, immutable: true, maxAge: '1y', fallthrough: true } as const
  router.use('/embed/assets', anyOrigin(), express.static(`${embed}/assets`, assets))
  router.get('/embed/v1.js', anyOrigin(), (_request, response) => {
    if (!isBuilt(response, `${embed}/v1.js`)) return
    response.setHeader('cache-control', 'public, max-age=300')
    response.sendFile(`${embed}/v1.js`)
  })
  router.get(['/embed', '/embed/'], async (request, response) => {
    sendPage(response, `${embed}/index.html`, await frameAncestors(frameRequest(request), rules))
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

function frameRequest({ query, headers }: Request): FrameRequest {
  const { tenant } = query
  return { tenantId: typeof tenant === 'string' ? tenant : undefined, referer: headers.referer }
}

function sendPage(response: Response, file: string, ancestors: string): void {
  if (!isBuilt(response, file)) return
  response.setHeader('content-security-policy', [...POLICY, `frame-ancestors ${ancestors}`].join('; '))
  response.setHeader('cache-control', 'no-cache')
  response.sendFile(file)
}

function isBuilt(response: Response, file: string): boolean {
  if (existsSync(file)) return true
  response.status(503).type('text/plain').send('The pages are not built. Run: npx -y pnpm@12 build')
  return false
}

/** A person's visit, as opposed to a file that is not there or a call to an address that is not. */
function isPageRequest({ path, headers }: Request): boolean {
  const isApi = /^\/(v1|trpc|hooks|callbacks|docs|embed|assets|healthz|readyz|metrics)(\/|$)/.test(path)
  return !isApi && extname(path) === '' && /text\/html|^\*\/\*$/.test(headers.accept ?? '*/*')
}
