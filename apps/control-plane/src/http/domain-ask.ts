import { createHash, timingSafeEqual } from 'node:crypto'
import { BlockList } from 'node:net'
import express, { type Request, type RequestHandler, type Router } from 'express'
import type { ControlPlane } from '../compose.js'

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** What proxies add to requests of others: those are not the proxy's own. */
const FORWARDING = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'x-real-ip', 'via']

/**
 * `GET /internal/domains/ask?domain=`: whether a proxy is to get a certificate for a name. 200 for domains that are in use,
 * 404 for all others, so that nobody makes it ask for certificates of names that are not ours.
 */
export function domainAsk({ addresses, config }: Pick<ControlPlane, 'addresses' | 'config'>): Router {
  const router = express.Router()
  router.get('/internal/domains/ask', mayAsk(config.domains.askToken), ({ query }, response) => {
    const { domain } = query
    const isInUse = typeof domain === 'string' && addresses.ownerOf(domain).kind === 'tenant'
    response.setHeader('cache-control', 'no-store')
    response.status(isInUse ? 200 : 404).end()
  })
  return router
}

/** With a token whoever has it, else who calls from this machine: others are told of nothing at this address. */
function mayAsk(askToken: string | undefined): RequestHandler {
  return (request, response, next) => {
    const isProxy = askToken === undefined ? isLocal(request) : isSame(tokenOf(request), askToken)
    if (isProxy) next()
    else response.status(404).end()
  }
}

function isLocal({ socket, headers }: Request): boolean {
  const { remoteAddress = '', remoteFamily } = socket
  const address = remoteAddress.replace(/^::ffff:/, '')
  const isLoopback = LOOPBACK.check(address, address === remoteAddress && remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4')
  return isLoopback && FORWARDING.every((name) => headers[name] === undefined)
}

/** In the address, as the proxy can put it nowhere else, or as a bearer token. */
function tokenOf({ query, headers }: Request): string {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  return bearer ?? (typeof query['token'] === 'string' ? query['token'] : '')
}

function isSame(given: string, wanted: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(wanted))
}
