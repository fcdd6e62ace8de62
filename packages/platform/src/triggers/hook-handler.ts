import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { type Engine, type Journal, type JsonObject, newId, type RunId, type RunRecord, UserError } from '@inlay/engine'
import { toProblem } from '../api/problem.js'
import type { EventHub } from '../realtime/index.js'
import type { Logger } from '../telemetry/index.js'
import { awaitResponse } from './await-response.js'
import type { HookTarget, HookTargets } from './hook-targets.js'
import { parseBody, readRawBody } from './read-body.js'

/** Headers that hold the sender's secrets, or say nothing: workflows do not see them. */
const HIDDEN_HEADERS = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'connection',
  'content-length',
  'host',
])

export interface HookDeps {
  readonly targets: HookTargets
  readonly engine: Engine
  readonly journal: Journal
  readonly hub: EventHub
  readonly log: Logger
}

export type HookHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Answers `ANY /hooks/{token}`: 202 with the run's id once the run is committed, or what the workflow's `respond` step
 * says. Takes plain Node requests and reads bodies itself, because it is the busiest address there is.
 */
export function createHookHandler(deps: HookDeps): HookHandler {
  return async (request, response) => {
    const requestId = newId('req', Date.now())
    try {
      const [path = '', query = ''] = (request.url ?? '').split('?', 2)
      const target = await deps.targets.find(path.slice(path.lastIndexOf('/') + 1))
      if (target === undefined) throw unknownHook()
      const { runId, created } = await deps.engine.start({
        tenantId: target.tenantId,
        customerId: target.customerId,
        workflowId: target.workflowId,
        versionId: target.versionId,
        mode: 'live',
        trigger: await readTrigger(request, query),
        ...deduplication(request.headers),
      })
      if (target.responds && created) await answerByWorkflow(deps, { target, runId, response })
      else sendJson(response, 202, { id: runId })
    } catch (error) {
      sendProblem(response, error, { requestId, log: deps.log })
    }
  }
}

async function readTrigger(request: IncomingMessage, query: string): Promise<JsonObject> {
  const raw = await readRawBody(request)
  return {
    method: request.method ?? 'POST',
    headers: visibleHeaders(request.headers),
    query: query === '' ? {} : Object.fromEntries(new URLSearchParams(query)),
    body: parseBody(raw, request.headers['content-type'] ?? ''),
  }
}

function visibleHeaders(headers: IncomingHttpHeaders): JsonObject {
  const visible: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined && !HIDDEN_HEADERS.has(name))
      visible[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return visible
}

/** A sender's own id of the message, if it names one: repeated deliveries then start one run. */
function deduplication(headers: IncomingHttpHeaders): { deduplicationKey?: string } {
  const key = headers['idempotency-key'] ?? headers['webhook-id']
  if (typeof key !== 'string' || key === '') return {}
  if (key.length > 255)
    throw new UserError('invalid', 'request.invalid', 'An Idempotency-Key has at most 255 characters.')
  return { deduplicationKey: `hook:${key}` }
}

interface Answering {
  readonly target: HookTarget
  readonly runId: RunId
  readonly response: ServerResponse
}

async function answerByWorkflow({ journal, hub }: HookDeps, { target, runId, response }: Answering): Promise<void> {
  const run = await awaitResponse({ journal, hub }, target, runId)
  if (run?.response !== undefined) {
    const { status, headers, body } = run.response
    const text = typeof body === 'string' ? body : body === null ? '' : JSON.stringify(body)
    const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'
    response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', ...headers })
    response.end(text)
  } else if (run?.status === 'failed') sendJson(response, 500, failedRun(run), 'application/problem+json')
  else sendJson(response, 202, { id: runId })
}

function failedRun({ runId }: RunRecord): JsonObject {
  const title = 'The automation failed before it answered.'
  return {
    type: 'urn:problem:run.failed',
    title,
    status: 500,
    code: 'run.failed',
    detail: `See the run ${runId}.`,
    runId,
  }
}

function unknownHook(): UserError {
  return new UserError('not_found', 'hook.not_found', 'There is no active webhook at this address.', {
    detail: 'Check the address, and that its workflow is published and switched on.',
  })
}

function sendProblem(
  response: ServerResponse,
  error: unknown,
  { requestId, log }: { requestId: string; log: Logger },
): void {
  const problem = toProblem(error, requestId)
  if (problem.status >= 500) log.error({ error, requestId }, 'A webhook could not be accepted.')
  if (response.headersSent) {
    response.destroy()
    return
  }
  // What is left of a body that is too large is not read: the connection ends with the answer.
  if (problem.status === 413) response.setHeader('connection', 'close')
  sendJson(response, problem.status, { ...problem } as unknown as JsonObject, 'application/problem+json')
}

function sendJson(response: ServerResponse, status: number, body: JsonObject, type = 'application/json'): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}
