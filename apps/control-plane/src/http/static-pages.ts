import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express, { type Request, type Response, type Router } from 'express'

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

/** The origins that may frame the embed page: those of all tenants, since the page itself knows no tenant before its token. */
export type FrameAncestors = () => Promise<readonly string[]>

/** The portal at `/` and the embed page at `/embed/`, as built. */
export function staticPages(frameAncestors: FrameAncestors): Router {
  const router = express.Router()
  const assets = { index: false, immutable: true, maxAge: '1y', fallthrough: true } as const
  router.use('/embed/assets', express.static(`${embed}/assets`, assets))
  router.get('/embed/v1.js', (_request, response) => void response.sendFile(`${embed}/v1.js`))
  router.get(['/embed', '/embed/'], async (_request, response) => {
    const ancestors = (await frameAncestors()).join(' ')
    sendPage(response, `${embed}/index.html`, `frame-ancestors 'self' ${ancestors}`.trim())
  })
  router.use('/assets', express.static(`${portal}/assets`, assets))
  router.get('/{*path}', (request, response, next) => {
    if (request.accepts('html') === false || isApiPath(request)) next()
    else sendPage(response, `${portal}/index.html`, "frame-ancestors 'none'")
  })
  return router
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
