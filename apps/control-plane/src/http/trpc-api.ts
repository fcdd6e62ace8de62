import type { IncomingMessage, Server } from 'node:http'
import { appRouter, isUnexpected } from '@inlay/platform/api'
import { MAX_BODY_BYTES } from '@inlay/platform/triggers'
import { createExpressMiddleware } from '@trpc/server/adapters/express'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import type { RequestHandler } from 'express'
import { WebSocketServer } from 'ws'
import type { ControlPlane } from '../compose.js'
import { createRequestContext, ownOrigin } from './request-context.js'

const MAX_MESSAGE_BYTES = 64 * 1024

/** `/trpc` over HTTP. */
export function trpcApi(plane: ControlPlane): RequestHandler {
  return createExpressMiddleware({
    router: appRouter,
    maxBodySize: MAX_BODY_BYTES,
    createContext: ({ req, res }) =>
      createRequestContext(req, res, { services: plane.services, baseUrl: plane.config.baseUrl }),
    onError: ({ error, path }) => {
      if (isUnexpected(error))
        plane.log.error({ error: error.cause ?? error, procedure: path }, 'A procedure failed unexpectedly.')
    },
  })
}

/**
 * `/trpc` over WebSocket, for subscriptions. Members come with their cookie and must come from our own pages; the widget
 * sends its session token as the first message, never in the address.
 */
export function trpcWebSockets(server: Server, plane: ControlPlane): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  server.on('upgrade', (request, socket, head) => {
    const isOurs = request.url?.split('?', 1)[0] === '/trpc'
    const crossSite =
      request.headers.cookie !== undefined &&
      request.headers.origin !== undefined &&
      request.headers.origin !== ownOrigin(request)
    if (!isOurs || crossSite) {
      socket.end(`HTTP/1.1 ${isOurs ? '403 Forbidden' : '404 Not Found'}\r\nConnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request))
  })
  applyWSSHandler({
    wss: sockets,
    router: appRouter,
    keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
    createContext: ({ req, info }) =>
      createRequestContext(withToken(req, info.connectionParams?.['token']), undefined, {
        services: plane.services,
        baseUrl: plane.config.baseUrl,
      }),
  })
  return sockets
}

/** The request as if the token had come as a header. */
function withToken(request: IncomingMessage, token: string | undefined): IncomingMessage {
  if (token !== undefined && token !== '') request.headers.authorization = `Bearer ${token}`
  return request
}
