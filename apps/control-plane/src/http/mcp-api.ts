import type { CustomerId } from '@inlay/engine'
import type { ApiContext } from '@inlay/platform/api'
import type { Caller } from '@inlay/platform/identity'
import { foreignOrigin, type McpCall } from '@inlay/platform/mcp'
import { customerNotFound } from '@inlay/platform/tenancy'
import { parseJson, readRawBody } from '@inlay/platform/triggers'
import express, { type Request, type RequestHandler, type Router } from 'express'
import type { ControlPlane } from '../compose.js'
import { goneWith } from './gone-with.js'
import { measureRequest } from './measure-request.js'
import { credentialsRequired } from './refusals.js'
import { createRequestContext } from './request-context.js'
import { originOf } from './request-origin.js'
import { siteOf } from './site.js'

type McpApiDeps = Pick<ControlPlane, 'services' | 'config' | 'addresses' | 'metrics' | 'mcp'>

/** `/mcp`, and `/mcp/customers/{customerId}` for an agent that is to see one customer alone. */
export function mcpApi(plane: McpApiDeps): Router {
  const router = express.Router()
  router.use(ownOriginOnly(plane))
  router.post(['/', '/customers/:customerId'], async (request, response) => {
    measureRequest(plane.metrics, response, { route: '/mcp', method: request.method })
    const context = requireToken(request, await createRequestContext(request, { plane, response }))
    const customerId = request.params['customerId']
    const { status, headers, body } = await answer(plane, request, {
      // Express has lists for wildcards only.
      context: typeof customerId === 'string' ? await narrowed(plane, context, customerId) : context,
      signal: goneWith(response),
    })
    response.status(status).setHeaders(headers).send(body)
  })
  // Without sessions there is no stream to listen to and nothing to end: clients know this status.
  router.all('/{*path}', (_request, response) => {
    response.setHeader('allow', 'POST')
    response.status(405).end()
  })
  return router
}

type McpContext = McpCall['context']

/**
 * Pages do not call: neither those of other sites, nor one whose name was pointed at us (DNS rebinding), whose origin is
 * never the one that was called.
 */
function ownOriginOnly({ addresses }: Pick<McpApiDeps, 'addresses'>): RequestHandler {
  return (request, _response, next) => {
    const origin = originOf(request)
    if (origin !== undefined && origin !== siteOf(request, addresses).origin) throw foreignOrigin(origin)
    next()
  }
}

/** A cookie would come along with whatever a page makes the browser send. */
function requireToken({ headers }: Request, context: ApiContext): McpContext {
  const { caller } = context
  if (headers.authorization === undefined || caller === null || caller.kind === 'member') {
    throw credentialsRequired('Send an API key as a bearer token. Sessions of the portal do not count here.')
  }
  return { ...context, caller }
}

/** @throws UserError `customer.not_found`, also for an end user of another customer */
async function narrowed({ services }: McpApiDeps, context: McpContext, customerId: string): Promise<McpContext> {
  const { scope } = context.caller
  if (scope.customerId !== undefined && scope.customerId !== customerId) throw customerNotFound(customerId)
  const { id } = await services.tenancy.getCustomer(scope, customerId)
  // The look-up has found it under this id.
  const caller: Caller = { ...context.caller, scope: { ...scope, customerId: id as CustomerId } }
  return { ...context, caller }
}

async function answer(
  { mcp }: McpApiDeps,
  request: Request,
  { context, signal }: Pick<McpCall, 'context' | 'signal'>,
): Promise<{ status: number; headers: Headers; body: string }> {
  const body = parseJson((await readRawBody(request)).toString('utf8'))
  const answered = await mcp.answer({ context, headers: singleHeaders(request), body, signal })
  return { status: answered.status, headers: answered.headers, body: await answered.text() }
}

/** What the protocol reads of a request: how it is sent, and in which version. */
function singleHeaders({ headers }: Request): Record<string, string> {
  const names = ['accept', 'content-type', 'mcp-protocol-version'] as const
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  )
}
