import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { type Router } from 'express'

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API</title></head>
<body><script id="api-reference" data-url="/v1/openapi.json" data-configuration='{"telemetry":false,"withDefaultFonts":false}'></script>
<script src="/docs/assets/standalone.js"></script></body>
</html>`

/** `/docs`: the API for people. The reader's script is served from here, and from nowhere else. */
export function docsPage(): Router {
  const router = express.Router()
  const assets = join(dirname(fileURLToPath(import.meta.resolve('@scalar/api-reference'))), 'browser')
  router.use('/assets', express.static(assets, { maxAge: '1h' }))
  router.get('/', (_request, response) => {
    // The reader evaluates no text, but places styles by attributes and elements.
    response.setHeader(
      'content-security-policy',
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'",
    )
    response.type('text/html').send(PAGE)
  })
  return router
}
