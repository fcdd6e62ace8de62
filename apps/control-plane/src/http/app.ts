import { createServer, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@inlay/engine'
import { createHookHandler } from '@inlay/platform/triggers'
import express, { type Express, type RequestHandler } from 'express'
import type { ControlPlane } from '../compose.js'
import { createOriginCheck, type OriginCheck } from './allowed-origins.js'
import { crossOrigin } from './cross-origin.js'
import { docsPage } from './docs-page.js'
import { domainAsk } from './domain-ask.js'
import { filesApi } from './files-api.js'
import { health } from './health.js'
import { helpPages } from './help-pages.js'
import { mcpApi } from './mcp-api.js'
import { oauthLinks } from './oauth-links.js'
import { nothingHere, problems } from './problems.js'
import { proxyApi } from './proxy-api.js'
import { restApi } from './rest-api.js'
import { isUnknownHost, knownHostsOnly, operatorsOnly, siteOf } from './site.js'
import { staticPages } from './static-pages.js'
import { trpcApi } from './trpc-api.js'
import { waitLinks } from './wait-links.js'
import { trpcWebSockets } from './web-sockets.js'

/** Longer than the proxies in front usually keep connections, so that they and not we close them. */
const KEEP_ALIVE_MS = 65_000
/** A WebSocket whose client does not answer the closing holds nothing up for longer. */
const SOCKET_GRACE_MS = 500

/** The listening part of the control plane. */
export interface HttpServer {
  readonly server: Server
  /** Takes no more requests and resolves once those under way have ended, or `drainMs` are over. */
  close(drainMs: number): Promise<void>
}

/** The server with everything mounted; webhooks come before all else, because they are the busiest. */
export function createHttpServer(plane: ControlPlane): HttpServer {
  const { addresses } = plane
  const handleHook = createHookHandler({
    ...{ ...plane, ...plane.reception, targets: plane.hookTargets },
    placeOf: (request) => {
      const { origin, domain } = siteOf(request, addresses)
      return { baseUrl: origin, tenantId: domain?.tenantId }
    },
  })
  const isAllowed = createOriginCheck(plane.services.tenancy)
  const app = createApp(plane, isAllowed)
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/hooks/') === true && !isUnknownHost(request, addresses))
      void handleHook(request, response)
    else app(request, response)
  })
  server.keepAliveTimeout = KEEP_ALIVE_MS
  const sockets = trpcWebSockets(server, plane, isAllowed)
  return {
    server,
    close: async (drainMs) => {
      const closed = new Promise((resolve) => server.close(resolve))
      sockets.close()
      server.closeIdleConnections()
      const deadline = setTimeout(() => server.closeAllConnections(), drainMs)
      await Promise.race([closed, delay(drainMs + SOCKET_GRACE_MS)])
      clearTimeout(deadline)
    },
  }
}

function createApp(plane: ControlPlane, isAllowed: OriginCheck): Express {
  const { baseUrl } = plane.config
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.use(standardHeaders(baseUrl))
  app.use('/metrics', operatorsOnly(plane.addresses))
  app.use(health(plane))
  app.use(domainAsk(plane))
  app.use(knownHostsOnly(plane.addresses))
  app.use(['/trpc', '/v1'], notStored(), crossOrigin({ baseUrl, isAllowed }))
  app.use('/trpc', trpcApi(plane))
  app.use('/v1/proxy', proxyApi(plane))
  app.use('/v1/files', filesApi(plane))
  app.use('/v1', restApi(plane))
  app.use('/mcp', notStored(), mcpApi(plane))
  app.use(waitLinks(plane))
  app.use(oauthLinks(plane))
  app.use(helpPages(plane.addresses))
  app.use('/docs', docsPage())
  app.use(staticPages({ tenancy: plane.services.tenancy, addresses: plane.addresses, isAllowed }))
  app.use(nothingHere())
  app.use(problems(plane))
  return app
}

/** What every answer carries; pages replace the policy by their own. */
function standardHeaders(baseUrl: string): RequestHandler {
  const headers = new Map([
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'strict-origin-when-cross-origin'],
    ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ])
  if (baseUrl.startsWith('https:')) headers.set('strict-transport-security', 'max-age=31536000')
  return (_request, response, next) => {
    response.setHeader('x-request-id', newId('req', Date.now()))
    response.setHeaders(headers)
    next()
  }
}

/** Answers of the API are for the caller alone, and for now. */
function notStored(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('cache-control', 'no-store')
    next()
  }
}
