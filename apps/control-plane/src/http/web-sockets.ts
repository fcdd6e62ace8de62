import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ApiContext, appRouter, isUnexpected } from '@inlay/platform/api'
import type { Addresses } from '@inlay/platform/domains'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ControlPlane } from '../compose.js'
import type { OriginCheck } from './allowed-origins.js'
import { createRequestContext } from './request-context.js'
import { isOwnPage, originOf } from './request-origin.js'
import { isUnknownHost } from './site.js'

const MAX_MESSAGE_BYTES = 64 * 1024
const RECHECK_MS = 30_000
/** In the range that applications may use; says that the credentials no longer hold. */
const CLOSE_UNAUTHENTICATED = 4401
/** RFC 6455's registry: the service restarts, and clients should connect again. */
const CLOSE_RESTARTING = 1012

/**
 * `/trpc` over WebSocket, for subscriptions. Members come with their cookie, from our own pages only; the widget sends
 * its session token as the first message, never in the address. Credentials are looked at again while a socket is open.
 */
export function trpcWebSockets(server: Server, plane: ControlPlane, isAllowed: OriginCheck): OpenSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  server.on('upgrade', (request, socket, head) => {
    refusalOf(request, { addresses: plane.addresses, isAllowed })
      .then((refusal) => {
        if (refusal !== undefined) return refuse(socket, refusal)
        sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request))
      })
      .catch(() => refuse(socket, '503 Service Unavailable'))
  })
  const handler = applyWSSHandler({
    wss: sockets,
    router: appRouter,
    keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
    createContext: async ({ req, res, info }) => {
      const open = () => createRequestContext(req, { plane, token: info.connectionParams?.['token'] })
      const context = await open()
      if (context.caller !== null) watchCredentials(res, open)
      return context
    },
    onError: ({ error, path }) => {
      if (!isUnexpected(error)) return
      plane.log.error({ error: error.cause ?? error, procedure: path }, 'A procedure failed unexpectedly.')
    },
  })
  return {
    close: () => {
      handler.broadcastReconnectNotification()
      for (const client of sockets.clients) client.close(CLOSE_RESTARTING, 'The server restarts.')
    },
  }
}

/** The sockets that are open. */
export interface OpenSockets {
  /** Asks clients to connect anew, and ends their sockets. */
  close(): void
}

interface UpgradeRules {
  readonly addresses: Addresses
  readonly isAllowed: OriginCheck
}

/** Status and reason when a socket is not opened. A page of another origin never gets one with a member's cookie. */
async function refusalOf(
  request: IncomingMessage,
  { addresses, isAllowed }: UpgradeRules,
): Promise<string | undefined> {
  if (isUnknownHost(request, addresses)) return '421 Misdirected Request'
  if (request.url?.split('?', 1)[0] !== '/trpc') return '404 Not Found'
  const origin = originOf(request)
  if (origin === undefined || isOwnPage(request, addresses.baseUrl)) return undefined
  return (await isAllowed(origin)) ? undefined : '403 Forbidden'
}

function refuse(socket: Duplex, refusal: string): void {
  socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** Closes a socket soon after its session has ended or its key was revoked. */
function watchCredentials(client: WebSocket, open: () => Promise<ApiContext>): void {
  const timer = setInterval(() => {
    open().then(
      ({ caller }) => {
        if (caller === null) client.close(CLOSE_UNAUTHENTICATED, 'The session has ended.')
      },
      // The database may be away for a moment; that ends no session.
      () => undefined,
    )
  }, RECHECK_MS)
  client.once('close', () => clearInterval(timer))
}
