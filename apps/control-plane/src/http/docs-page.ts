import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { type Router } from 'express'

/** What the reader shows of itself: the API and nothing of its maker's other services. */
const CONFIGURATION = {
  telemetry: false,
  withDefaultFonts: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  authentication: { preferredSecurityScheme: 'bearer' },
}

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API</title></head>
<body><script id="api-reference" data-url="/v1/openapi.json" data-configuration='${JSON.stringify(CONFIGURATION)}'></script>
<script src="/docs/assets/standalone.js"></script></body>
</html>`

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  // The reader places styles by elements of its own.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** `/docs`: the API for people. The reader's script is served from here, and from nowhere else. */
export function docsPage(): Router {
  const router = express.Router()
  const assets = join(dirname(fileURLToPath(import.meta.resolve('@scalar/api-reference'))), 'browser')
  router.use('/assets', express.static(assets, { index: false, maxAge: '1h' }))
  router.get('/', (_request, response) => {
    response.setHeader('content-security-policy', POLICY)
    response.type('text/html').send(PAGE)
  })
  return router
}
