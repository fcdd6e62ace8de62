import { randomBytes } from 'node:crypto'
import { isInlayError, type JsonObject } from '@inlay/engine'
import { isUnexpected, toProblem } from '@inlay/platform/api'
import { type BrowserRequest, browserRefusal, type ConsentView } from '@inlay/platform/oauth'
import { parseBody, readRawBody } from '@inlay/platform/triggers'
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Router } from 'express'
import type { ControlPlane } from '../compose.js'
import { browserCookie, csrfOf, isCsrfOf } from './oauth-cookie.js'
import { beginPage, consentPage, donePage } from './oauth-page.js'
import { outcomePage, pagePolicy } from './plain-page.js'
import { createRequestContext } from './request-context.js'
import { originOf } from './request-origin.js'
import { siteOf } from './site.js'

type Plane = Pick<ControlPlane, 'services' | 'config' | 'addresses' | 'log'>

/**
 * The way of a person's browser: `/oauth/start/{token}` sends it to the service, `/oauth/callback/{connector}` takes it back,
 * `/oauth/confirm/{id}` asks for the decision. Nothing of what these addresses hold is logged.
 */
export function oauthLinks(plane: Plane): Router {
  const router = express.Router({ caseSensitive: true })
  router.use('/oauth', keptPrivate())
  router.get('/oauth/start/:token', start(plane))
  router.get(['/oauth/callback/:connector', '/oauth/callback/:connector/:tenantId'], callback(plane))
  router.get('/oauth/confirm/:id', review(plane))
  router.post('/oauth/confirm/:id', decide(plane))
  router.use('/oauth', refusalPages(plane))
  return router
}

function start(plane: Plane): RequestHandler {
  return async (request, response) => {
    const { browser } = plane.services.oauth.authorizations
    const token = textOf(request.params['token'])
    // Whoever looks ahead, or only wants to know what is there, must not use up the link.
    if (request.method !== 'GET' || request.headers['sec-purpose'] !== undefined) throw browserRefusal('link')
    const { origin: at } = siteOf(request, plane.addresses)
    const view = await browser.look(token, { at })
    if (request.query['go'] === undefined && !isAskedFor(request, view)) {
      response.setHeader('content-security-policy', pagePolicy(undefined, view.brand))
      response.type('text/html').send(beginPage(view, `/oauth/start/${encodeURIComponent(token)}?go=1`))
      return
    }
    const { id, redirectTo, browserSecret } = await browser.start(token, await browserOf(plane, request))
    response.setHeader('set-cookie', browserCookie(plane.config.baseUrl, id).text(browserSecret))
    response.redirect(302, redirectTo)
  }
}

function callback(plane: Plane): RequestHandler {
  return async (request, response) => {
    const { browser } = plane.services.oauth.authorizations
    const query = request.query
    const leg = await browser.complete(
      {
        connector: textOf(request.params['connector']),
        tenantId: optionalText(request.params['tenantId']),
        state: textOf(query['state']),
        code: optionalText(query['code']),
        issuer: optionalText(query['iss']),
        error: optionalText(query['error']),
      },
      await browserOf(plane, request),
    )
    // On to where the browser has begun, or away from the address that holds the code.
    response.redirect(303, 'goOnAt' in leg ? `${leg.goOnAt}${request.originalUrl}` : `/oauth/confirm/${leg.id}`)
  }
}

function review(plane: Plane): RequestHandler {
  return async (request, response) => {
    const { authorizations } = plane.services.oauth
    const id = textOf(request.params['id'])
    const browser = await browserOf(plane, request)
    const view = await authorizations.browser.review(id, browser)
    response.setHeader('content-security-policy', pagePolicy(undefined, view.brand))
    response.type('text/html').send(consentPage(view, csrfOf(browser.cookieOf(id) ?? '', id)))
  }
}

function decide(plane: Plane): RequestHandler {
  return async (request, response) => {
    const { authorizations } = plane.services.oauth
    const id = textOf(request.params['id'])
    const browser = await browserOf(plane, request)
    const secret = browser.cookieOf(id)
    if (secret === undefined) throw browserRefusal('browser')
    const { csrf, decision } = await readForm(request)
    if (!isSentByUs(request) || !isCsrfOf(textOf(csrf), secret, id)) throw browserRefusal('form')
    if (decision !== 'connect' && decision !== 'cancel') throw browserRefusal('form')
    const outcome = await authorizations.browser.decide(id, decision === 'connect', browser)
    const nonce = randomBytes(16).toString('base64')
    response.setHeader('content-security-policy', pagePolicy(nonce, outcome.brand))
    response.type('text/html').send(donePage(outcome, nonce))
  }
}

/**
 * Codes, states and tokens stand in addresses: no cache keeps them, and no other site learns of them. Our own pages do:
 * without a referrer, browsers would not say whose form it is that they send.
 */
function keptPrivate(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('cache-control', 'no-store')
    response.setHeader('referrer-policy', 'same-origin')
    response.setHeader('x-robots-tag', 'noindex')
    response.setHeader('content-security-policy', pagePolicy())
    next()
  }
}

/** People read what went wrong; what nobody has foreseen goes to the log, without the address. */
function refusalPages({ log, config }: Plane): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const requestId = String(response.getHeader('x-request-id') ?? '')
    if (isUnexpected(error) || !isInlayError(error)) log.error({ error, requestId }, 'A sign-in failed unexpectedly.')
    const { status, title, detail = '' } = toProblem(error, { requestId, baseUrl: config.baseUrl })
    response.status(status).type('text/html').send(outcomePage(title, detail))
  }
}

async function browserOf(plane: Plane, request: Request): Promise<BrowserRequest> {
  const { caller } = await createRequestContext(request, { plane })
  return {
    at: siteOf(request, plane.addresses).origin,
    cookieOf: (id) => browserCookie(plane.config.baseUrl, id).read(request.headers.cookie),
    memberId: caller?.kind === 'member' ? caller.member.id : undefined,
  }
}

/**
 * Whether the person comes from one of the tenant's pages. Anybody can send somebody a link: who follows one from elsewhere
 * is first told who asks. Programs do not say where they come from, and are no people who could be led astray.
 */
function isAskedFor(request: Request, { allowedOrigins }: ConsentView): boolean {
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin') return true
  const { referer } = request.headers
  if (referer === undefined || !URL.canParse(referer)) return false
  return allowedOrigins.includes(new URL(referer).origin)
}

/** Browsers name the site of every form that is sent, or at least its origin. */
function isSentByUs(request: Request): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const origin = originOf(request)
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.headers.host
}

async function readForm(request: Request): Promise<JsonObject> {
  const body = parseBody(await readRawBody(request), request.headers['content-type'] ?? '')
  // Neither null nor a list: `Array.isArray` does not narrow read-only lists away.
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as JsonObject) : {}
}

/** Repeated parameters come as lists; whoever repeats one has something in mind. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
