import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Engine, type InlayError, isInlayError, type Journal, newId, type TenantId } from '@inlay/engine'
import { toProblem } from '../api/problem.js'
import type { EventHub } from '../realtime/index.js'
import type { Logger } from '../telemetry/index.js'
import type { AppEventDeliveries } from './connector/app-events.js'
import type { WebhookDeliveries } from './connector/deliveries.js'
import { readIncomingRequest } from './connector/incoming-request.js'
import { hookNotFound, triggerTooLarge } from './errors.js'
import { answerByWorkflow, sendJson, sendReply } from './hook-answer.js'
import type { HookTargets, WorkflowHookTarget } from './hook-targets.js'
import { deduplicationOf, readTrigger } from './hook-trigger.js'

export interface HookDeps {
  readonly targets: HookTargets
  readonly engine: Engine
  readonly journal: Journal
  readonly hub: EventHub
  readonly log: Logger
  /** Of connectors' triggers. */
  readonly webhooks: WebhookDeliveries
  readonly appEvents: AppEventDeliveries
  readonly placeOf: (request: IncomingMessage) => HookPlace
}

/** Where a request has come in. */
export interface HookPlace {
  /** The origin that was called: services sign the address that they were told. */
  readonly baseUrl: string
  /** Whose address it is, at which nothing of others answers. @default the operator's */
  readonly tenantId?: TenantId | undefined
}

export type HookHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Answers `ANY /hooks/{token}`: 202 with the run's id once the run is committed, or what the workflow's `respond` step
 * says; for connectors' triggers, there and at `/hooks/app/{token}`, what the connector answers. Takes plain Node requests
 * and reads bodies itself, because it is the busiest address there is. Never rejects.
 */
export function createHookHandler(deps: HookDeps): HookHandler {
  const { targets, webhooks, appEvents } = deps
  return async (request, response) => {
    const place = deps.placeOf(request)
    try {
      const { token, query, isOfApp, path } = splitUrl(request.url ?? '')
      const url = `${place.baseUrl}${path}`
      const read = () => readIncomingRequest(request, { url, query })
      if (isOfApp) return sendReply(response, await appEvents.deliver(token, read, place.tenantId))
      const target = await targets.find(token)
      if (target === undefined || !isHere(target, place)) throw hookNotFound()
      if (target.kind === 'workflow') await startWorkflow(deps, target, { request, query, response, place })
      else sendReply(response, await webhooks.deliver(target, await read()))
    } catch (error) {
      refuse(response, isStepLimit(error) ? triggerTooLarge(error.message) : error, { place, log: deps.log })
    }
  }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly query: string
  readonly response: ServerResponse
  readonly place: HookPlace
}

async function startWorkflow(
  { engine, journal, hub }: HookDeps,
  target: WorkflowHookTarget,
  { request, query, response, place: { baseUrl } }: Exchange,
): Promise<void> {
  const { runId, admission } = await engine.start({
    tenantId: target.tenantId,
    customerId: target.customerId,
    workflowId: target.workflowId,
    versionId: target.versionId,
    mode: 'live',
    trigger: await readTrigger(request, query),
    ...deduplicationOf(request.headers),
  })
  // Nobody waits for the answer of a run that begins later, together with others.
  const isAnswered = target.responds && admission !== 'gathered'
  if (isAnswered) await answerByWorkflow({ journal, hub, baseUrl, target, runId, response })
  else sendJson(response, 202, { id: runId })
}

/** The engine's own bound is on the whole trigger: headers and query count too. */
function isStepLimit(error: unknown): error is InlayError {
  return isInlayError(error) && error.code === 'step.limit'
}

/** Whether a target answers at a place: at a tenant's address nobody else's does. */
function isHere(target: { readonly tenantId: TenantId }, place: HookPlace): boolean {
  return place.tenantId === undefined || place.tenantId === target.tenantId
}

/** The token is the last part of the path, wherever the handler is mounted; `path` is what services were told. */
function splitUrl(url: string): { token: string; query: string; isOfApp: boolean; path: string } {
  const mark = url.indexOf('?')
  const place = mark < 0 ? url : url.slice(0, mark)
  const slash = place.lastIndexOf('/')
  const query = mark < 0 ? '' : url.slice(mark + 1)
  const token = place.slice(slash + 1)
  const isOfApp = place.slice(0, slash).endsWith('/app')
  return { token, query, isOfApp, path: `/hooks/${isOfApp ? 'app/' : ''}${token}${query === '' ? '' : `?${query}`}` }
}

interface Refused extends Pick<HookDeps, 'log'> {
  readonly place: HookPlace
}

function refuse(response: ServerResponse, error: unknown, { place, log }: Refused): void {
  const requestId = newId('req', Date.now())
  const problem = toProblem(error, { requestId, baseUrl: place.baseUrl })
  if (problem.status >= 500) log.error({ error, requestId }, 'A webhook could not be accepted.')
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  // Of a body that is far too large the rest is not read: the connection ends with the answer.
  if (problem.status === 413) response.setHeader('connection', 'close')
  sendJson(response, problem.status, problem, 'application/problem+json')
}
