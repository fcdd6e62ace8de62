import { createServer, type Server } from 'node:http'
import { newId } from '@inlay/engine'
import { createHookHandler } from '@inlay/platform/triggers'
import express, { type Express } from 'express'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { ControlPlane } from '../compose.js'
import { createAllowedOrigins } from './allowed-origins.js'
import { crossOrigin } from './cross-origin.js'
import { docsPage } from './docs-page.js'
import { problems } from './problems.js'
import { restApi } from './rest-api.js'
import { staticPages } from './static-pages.js'
import { trpcApi, trpcWebSockets } from './trpc-api.js'

/** The server with everything mounted; webhooks come before all else, because they are the busiest. */
export function createHttpServer(plane: ControlPlane): Server {
  const handleHook = createHookHandler({ ...plane, targets: plane.hookTargets })
  const app = createApp(plane)
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/hooks/') === true) void handleHook(request, response)
    else app(request, response)
  })
  // Longer than the proxies in front usually keep connections, so that they and not we close them.
  server.keepAliveTimeout = 65_000
  trpcWebSockets(server, plane)
  return server
}

function createApp(plane: ControlPlane): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  const isAllowedOrigin = createAllowedOrigins(plane.services.tenancy)
  app.use((_request, response, next) => {
    response.setHeader('x-request-id', newId('req', Date.now()))
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'strict-origin-when-cross-origin')
    next()
  })
  mountHealth(app, plane)
  app.use(crossOrigin(isAllowedOrigin))
  app.use('/trpc', trpcApi(plane))
  app.use('/v1', restApi(plane))
  app.use('/docs', docsPage())
  app.use(staticPages(isAllowedOrigin))
  app.use(problems(plane.log))
  return app
}

function mountHealth(app: Express, plane: ControlPlane): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  app.get('/readyz', async (_request, response) => {
    try {
      await plane.ready()
      response.json({ status: 'ready' })
    } catch {
      response.status(503).json({ status: 'not ready' })
    }
  })
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics())
  })
}
