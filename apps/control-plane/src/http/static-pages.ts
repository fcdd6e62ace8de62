import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express, { type Request, type Response, type Router } from 'express'
import type { IsAllowedOrigin } from './allowed-origins.js'

const portal = fileURLToPath(new URL('../../dist-portal', import.meta.url))
const embed = fileURLToPath(new URL('../../dist-embed', import.meta.url))

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // React Flow and Radix place things by style attributes, which a nonce cannot cover.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'self'",
]

/** The portal at `/` and the embed page at `/embed/`, as built. */
export function staticPages(isAllowedOrigin: IsAllowedOrigin): Router {
  const router = express.Router()
  const assets = { index: false, immutable: true, maxAge: '1y', fallthrough: true } as const
  router.use('/embed/assets', express.static(`${embed}/assets`, assets))
  router.get('/embed/v1.js', (_request, response) => void response.sendFile(`${embed}/v1.js`))
  router.get(['/embed', '/embed/'], async (request, response) => {
    sendPage(response, `${embed}/index.html`, `frame-ancestors 'self'${await framingOrigin(request, isAllowedOrigin)}`)
  })
  router.use('/assets', express.static(`${portal}/assets`, assets))
  router.get('/{*path}', (request, response, next) => {
    if (request.accepts('html') === false || isApiPath(request)) next()
    else sendPage(response, `${portal}/index.html`, "frame-ancestors 'none'")
  })
  return router
}

/**
 * The page that frames us names itself as referrer. If a tenant allows it, it is put on the list; the browser then holds
 * the real ancestors against the list, so that a false referrer gains nothing.
 */
async function framingOrigin({ headers }: Request, isAllowedOrigin: IsAllowedOrigin): Promise<string> {
  const { referer } = headers
  const origin = referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined
  return origin !== undefined && (await isAllowedOrigin(origin)) ? ` ${origin}` : ''
}

function sendPage(response: Response, file: string, ancestors: string): void {
  if (!existsSync(file)) {
    response.status(503).type('text/plain').send('The pages are not built. Run: npx -y pnpm@12 build')
    return
  }
  response.setHeader('content-security-policy', [...POLICY, ancestors].join('; '))
  response.setHeader('cache-control', 'no-cache')
  response.sendFile(file)
}

function isApiPath({ path }: Request): boolean {
  return /^\/(v1|trpc|hooks|docs|healthz|readyz|metrics)(\/|$)/.test(path)
}
