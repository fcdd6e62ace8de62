import type { IncomingMessage } from 'node:http'
import { UserError } from '@inlay/engine'
import type { Addresses, ServedDomain } from '@inlay/platform/domains'
import type { RequestHandler } from 'express'
import { escapeHtml, pagePolicy, plainPage } from './plain-page.js'

/** Where a request has come in. */
export interface Site {
  /** The origin that was called. */
  readonly origin: string
  /** The tenant's domain that was called. @default the operator's own address */
  readonly domain?: ServedDomain
}

/**
 * Where a request has come in, by its `Host` alone: the proxy in front has to pass it on. No other header is believed, as
 * anybody can send one.
 */
export function siteOf({ headers }: Pick<IncomingMessage, 'headers'>, addresses: Addresses): Site {
  const owner = addresses.ownerOf(headers.host)
  return owner.kind === 'tenant' ? { origin: owner.domain.origin, domain: owner.domain } : { origin: addresses.baseUrl }
}

/** Whether a host is neither the operator's nor a tenant's. */
export function isUnknownHost({ headers }: Pick<IncomingMessage, 'headers'>, addresses: Addresses): boolean {
  return addresses.ownerOf(headers.host).kind === 'unknown'
}

const UNKNOWN = {
  title: 'Nothing is set up for this host.',
  detail: 'A domain answers once its owner has added it and its DNS records were found.',
}

/** Names that nobody has shown to be theirs get no answer, so that none can be made to look like ours. */
export function knownHostsOnly(addresses: Addresses): RequestHandler {
  return (request, response, next) => {
    if (!isUnknownHost(request, addresses)) return next()
    const { title, detail } = UNKNOWN
    const problem = { type: 'about:blank', title, status: 421, code: 'domain.unknown', detail }
    response.status(problem.status)
    if (!/\btext\/html\b/i.test(request.headers.accept ?? '')) {
      response.type('application/problem+json').send(JSON.stringify(problem))
      return
    }
    response.setHeader('content-security-policy', pagePolicy())
    const body = `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(detail)}</p>`
    response.type('text/html').send(plainPage(title, body))
  }
}

/** For what is the operator's business alone: tenants' domains have nothing there. */
export function operatorsOnly(addresses: Addresses): RequestHandler {
  return (request, _response, next) => {
    if (siteOf(request, addresses).domain === undefined) return next()
    throw new UserError('not_found', 'not_found', `There is nothing at ${request.method} ${request.originalUrl}.`)
  }
}
