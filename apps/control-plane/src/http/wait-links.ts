import { isInlayError, type JsonObject, type JsonValue, type TenantId, UserError } from '@inlay/engine'
import { toProblem } from '@inlay/platform/api'
import { DECISIONS, type Decision, type DecisionRequest } from '@inlay/platform/approvals'
import { parseBody, readRawBody } from '@inlay/platform/triggers'
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express'
import type { ControlPlane } from '../compose.js'
import { confirmPage } from './approval-page.js'
import { outcomePage, type PageSender, pagePolicy } from './plain-page.js'
import { addressOf } from './request-origin.js'
import { siteOf } from './site.js'

const MAX_COMMENT = 2000

type WaitLinksDeps = Pick<ControlPlane, 'services' | 'config' | 'addresses'>

/**
 * What the links of waiting runs lead to: `/approvals/{token}`, a page that asks a person, and `/callbacks/{token}`, which
 * takes what a service sends. The token is the right to answer; it is never logged or sent on.
 */
export function waitLinks({ services, config, addresses }: WaitLinksDeps): Router {
  const { approvals, linkFailures } = services
  const router = express.Router()
  // At a tenant's domain only that tenant's links lead somewhere.
  const tenantAt = (request: Request): TenantId | undefined => siteOf(request, addresses).domain?.tenantId
  const guarded =
    (answer: (request: Request, response: Response) => Promise<void>): RequestHandler =>
    (request, response) =>
      linkFailures.guard(addressOf(request, config.trustedProxies), () => answer(request, response))
  router.use(['/approvals', '/callbacks'], keptPrivate())
  router.get(
    '/approvals/:token',
    guarded(async (request, response) => {
      const approval = await approvals.readLink(tokenOf(request), tenantAt(request))
      const suggested = request.query['decision'] === 'reject' ? 'reject' : 'approve'
      const page = approval.isDecided
        ? outcomePage('This was decided before', 'There is nothing left to do.', approval)
        : confirmPage(approval, suggested)
      sendPage(response, page, approval)
    }),
  )
  router.post(
    '/approvals/:token',
    guarded(async (request, response) => {
      const decision = await readDecision(request)
      await approvals.decideByLink(tokenOf(request), decision, tenantAt(request))
      if (!wantsPage(request)) {
        response.json({ decision: decision.decision })
        return
      }
      const approval = await approvals.readLink(tokenOf(request))
      const page = outcomePage(OUTCOMES[decision.decision], 'Thank you. You can close this page.', approval)
      sendPage(response, page, approval)
    }),
  )
  router.post(
    '/callbacks/:token',
    guarded(async (request, response) => {
      await approvals.answerCallback(tokenOf(request), await readJson(request), tenantAt(request))
      response.status(202).json({})
    }),
  )
  router.use('/approvals', refusalPages())
  return router
}

/** A page in a tenant's brand, which its policy has to allow. */
function sendPage(response: Response, page: string, { brand }: PageSender): void {
  response.setHeader('content-security-policy', pagePolicy(undefined, brand))
  response.type('text/html').send(page)
}

function tokenOf({ params }: Request): string {
  const token = params['token']
  return typeof token === 'string' ? token : ''
}

const OUTCOMES: Readonly<Record<Decision, string>> = { approve: 'Approved', reject: 'Rejected' }

/** The address is a secret: no cache keeps the page, no other site and no search engine learns of it. */
function keptPrivate(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('cache-control', 'no-store')
    response.setHeader('referrer-policy', 'no-referrer')
    response.setHeader('x-robots-tag', 'noindex')
    response.setHeader('content-security-policy', pagePolicy())
    next()
  }
}

/** A page for people names neither. */
const NO_PLACE = { requestId: '', baseUrl: '' }

/** People get a page, programs the problem document. */
function refusalPages(): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (!isInlayError(error) || !wantsPage(request)) {
      next(error)
      return
    }
    const { status, title, detail = '', retryAfterSeconds } = toProblem(error, NO_PLACE)
    if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds))
    response.status(status).type('text/html').send(outcomePage(title, detail))
  }
}

function wantsPage({ headers }: Request): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '')
}

/** Of the page's form, or JSON. @throws UserError `request.invalid` */
async function readDecision(request: Request): Promise<DecisionRequest> {
  const body = parseBody(await readRawBody(request), request.headers['content-type'] ?? '')
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  // The check above leaves nothing but objects: Array.isArray does not narrow read-only lists.
  const { decision, comment } = isObject ? (body as JsonObject) : {}
  const known = DECISIONS.find((name) => name === decision)
  const isComment = comment === undefined || (typeof comment === 'string' && comment.length <= MAX_COMMENT)
  if (known !== undefined && isComment) return { decision: known, ...(comment === undefined ? {} : { comment }) }
  throw new UserError('invalid', 'request.invalid', 'The decision is missing.', {
    detail: `Send "decision": "approve" or "reject", and a "comment" of at most ${MAX_COMMENT} characters if you like.`,
  })
}

/** @throws UserError `request.media_type`, `request.malformed`, `request.too_large` */
async function readJson(request: Request): Promise<JsonValue> {
  const type = request.headers['content-type'] ?? ''
  const raw = await readRawBody(request)
  if (raw.length === 0 || /[/+]json\b/i.test(type)) return parseBody(raw, type)
  throw new UserError('invalid', 'request.media_type', 'The body must be JSON.', {
    detail: 'Send the header content-type: application/json.',
  })
}
