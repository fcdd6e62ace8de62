import type { ServerResponse } from 'node:http'
import {
  isTerminal,
  type Journal,
  type JsonObject,
  type RunId,
  type RunRecord,
  type WebhookResponse,
} from '@inlay/engine'
import { errorAddress } from '../help/index.js'
import { awaitRun, type EventHub } from '../realtime/index.js'
import type { HookReply } from './connector/answer.js'
import type { WorkflowHookTarget } from './hook-targets.js'

/** How long a caller is kept waiting for a `respond` step. */
const MAX_WAIT_MS = 30_000

/**
 * What the plane says of every answer, whatever a workflow says. Answers come from the origin of the portal: as an
 * active page they could act as the member who opens them, so they are shown without scripts and without an origin.
 */
const ENFORCED_HEADERS = {
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
} as const

/** Headers about the whole origin: no single workflow may set them. */
const ORIGIN_HEADERS = [
  'clear-site-data',
  'strict-transport-security',
  'service-worker-allowed',
  'alt-svc',
  'nel',
  'report-to',
]

export interface Answering {
  readonly journal: Journal
  readonly hub: EventHub
  /** The control plane's own address. */
  readonly baseUrl: string
  readonly target: WorkflowHookTarget
  readonly runId: RunId
  readonly response: ServerResponse
}

/** Answers as the workflow's `respond` step says: 202 when it takes too long or ends without, 500 when it fails before. */
export async function answerByWorkflow(answering: Answering): Promise<void> {
  const { journal, hub, target, runId, response, baseUrl } = answering
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const wait = { workflowId: target.workflowId, runId, timeoutMs: MAX_WAIT_MS, signal: gone.signal }
  const run = await awaitRun(hub, wait, async () => {
    const record = await journal.readRun(target, runId)
    return record !== undefined && hasAnswer(record) ? record : undefined
  })
  if (gone.signal.aborted) return
  if (run?.response !== undefined) sendResponse(response, run.response)
  else if (run?.status === 'failed') sendJson(response, 500, failedRun(runId, baseUrl), 'application/problem+json')
  else sendJson(response, 202, { id: runId })
}

/** Sends a document. */
export function sendJson(response: ServerResponse, status: number, body: object, type = 'application/json'): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

/** Sends what a connector answers to its service. */
export function sendReply(response: ServerResponse, { status, headers = {}, body }: HookReply): void {
  if (body !== undefined) sendResponse(response, { status, headers, body })
  else response.writeHead(status, { ...headers, ...ENFORCED_HEADERS }).end()
}

function hasAnswer({ response, status }: RunRecord): boolean {
  return response !== undefined || isTerminal(status)
}

function sendResponse(response: ServerResponse, { status, headers, body }: WebhookResponse): void {
  const isText = typeof body === 'string'
  const text = isText ? body : body === null ? '' : JSON.stringify(body)
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json'
  const allowed = Object.entries(headers).filter(([name]) => !ORIGIN_HEADERS.includes(name.toLowerCase()))
  response.writeHead(status, { 'content-type': type, ...Object.fromEntries(allowed), ...ENFORCED_HEADERS })
  response.end(text)
}

function failedRun(runId: RunId, baseUrl: string): JsonObject {
  return {
    type: errorAddress(baseUrl, 'run.failed'),
    title: 'The automation failed before it answered.',
    status: 500,
    code: 'run.failed',
    detail: `See the run ${runId}.`,
    runId,
  }
}
