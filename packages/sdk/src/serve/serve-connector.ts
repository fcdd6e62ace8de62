import {
  type Connector,
  type ConnectorStores,
  type HttpClient,
  InlayError,
  isInlayError,
  type StepError,
} from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'
import {
  checkSignature,
  describeConnector,
  REPLAY_WINDOW_MS,
  type RemoteProblem,
  readCall,
  type SignatureFailure,
  signedHeaders,
} from '@inlay/engine/remote'
import { type AnswerContext, answerCall } from './answer-call.js'
import { createSeenCalls, type SeenCalls } from './seen-calls.js'

/** How a connector is served. */
export interface ServeOptions {
  /** The secret that the control plane shows when the connector is registered; both while it is being changed. */
  readonly secret: string | readonly [string, ...string[]]
  /** Older versions that workflows may still be on. */
  readonly versions?: readonly Connector[]
  /** How actions call others. @default a client that reaches public addresses only */
  readonly http?: HttpClient
  /** What `context.store` is for a customer's id. @default calls fail with a `validation` error */
  readonly storeOf?: (customerId: string) => ConnectorStores
  /** Where answered calls are remembered, for backends of several processes. @default in this process alone */
  readonly seenCalls?: SeenCalls
  /** Told of what a connector threw and should not have. @default nobody */
  readonly onError?: (error: unknown) => void
  /** Unix milliseconds; for tests. @default the system's clock */
  readonly now?: () => number
}

/** A request as any server knows it. */
export interface ServedRequest {
  readonly method: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Byte for byte as it came, as UTF-8. */
  readonly body: string
  readonly signal?: AbortSignal
}

/** What is sent back. */
export interface ServedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A connector that is served. */
export interface ServedConnector {
  /** Answers a request; never rejects. */
  answer(request: ServedRequest): Promise<ServedAnswer>
}

const MIN_SECRET_LENGTH = 16

/**
 * Serves a connector from the vendor's own backend, so that the product's actions and events are in the builder without
 * any code in the control plane. Every call must be signed with the shared secret and of now, and is answered once: a
 * recorded call cannot be played again. Mount it with `toFetchHandler` or `toNodeHandler`.
 *
 * @throws UserError `serve.invalid_secret`; `remote.not_servable` for connectors that cannot be served
 * @example
 * app.post('/inlay', toNodeHandler(serveConnector(connector, { secret: process.env.INLAY_CONNECTOR_SECRET })))
 */
export function serveConnector(connector: Connector, options: ServeOptions): ServedConnector {
  const secrets = readSecrets(options.secret)
  const served = new Map([connector, ...(options.versions ?? [])].map((version) => [version.version, version]))
  for (const version of served.values()) describeConnector(version)
  const { now = Date.now, onError = () => {} } = options
  const seen = options.seenCalls ?? createSeenCalls(now)
  const context: AnswerContext = { newest: connector, served, http: options.http ?? createEgress().http, ...options }
  return {
    answer: async ({ method, headers, body, signal = new AbortController().signal }) => {
      if (method !== 'POST') return refusal(405, 'Calls of a served connector are POST requests.')
      const checked = checkSignature({ direction: 'call', headers, body, secrets, now: now() })
      if ('failure' in checked) return refusal(401, FAILURES[checked.failure])
      const isNew = await isNewCall(seen, checked.id, onError)
      if (isNew === undefined) return refusal(503, 'It cannot be known whether this call was answered before.')
      if (!isNew) return refusal(401, 'This call was answered before.')
      const call = readCall(parseJson(body))
      if (call === undefined) return refusal(400, 'This is not a call of the protocol. Update @inlay/sdk.')
      const answer = await answerCall(call, { ...context, signal }).then(
        (result) => ({ ok: true, result: result ?? null }),
        (error: unknown) => ({ ok: false, error: toProblem(error, onError) }),
      )
      const text = JSON.stringify(answer)
      // The secret in use is the first; whoever calls with the second knows the first already, or will.
      const secret = secrets.find((candidate) => isSignedBy(candidate, { headers, body, now: now() })) ?? secrets[0]
      const signed = signedHeaders({ direction: 'answer', body: text, id: checked.id }, secret, now())
      return { status: 200, headers: { 'content-type': 'application/json', ...signed }, body: text }
    },
  }
}

const FAILURES: Readonly<Record<SignatureFailure, string>> = {
  unsigned: 'The call is not signed.',
  outside_window: 'The call is too old, or the clocks differ by more than five minutes.',
  wrong_signature: 'The signature is wrong: the secrets of both sides differ.',
}

function readSecrets(given: ServeOptions['secret']): readonly [string, ...string[]] {
  const secrets: readonly [string, ...string[]] = typeof given === 'string' ? [given] : given
  if (secrets.every((secret) => secret.length >= MIN_SECRET_LENGTH)) return secrets
  throw new InlayError('serve.invalid_secret', 'The secret of a served connector is missing or too short.', {
    detail: 'Use the one that the control plane shows when the connector is registered.',
  })
}

/** Undefined when it cannot be known: what might be a replay is not answered. */
async function isNewCall(seen: SeenCalls, id: string, onError: (error: unknown) => void): Promise<boolean | undefined> {
  try {
    return await seen.add(id, 2 * REPLAY_WINDOW_MS)
  } catch (error) {
    onError(error)
    return undefined
  }
}

function isSignedBy(secret: string, request: Pick<ServedRequest, 'headers' | 'body'> & { readonly now: number }) {
  return !('failure' in checkSignature({ direction: 'call', ...request, secrets: [secret] }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Unsigned, for there is nobody yet whom one could tell more. */
function refusal(status: number, title: string): ServedAnswer {
  return { status, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify({ status, title }) }
}

function toProblem(error: unknown, onError: (error: unknown) => void): RemoteProblem {
  if (!isInlayError(error) || !('kind' in error)) {
    onError(error)
    const detail = 'This is a mistake in the connector; see the log of the backend that serves it.'
    return { kind: 'bug', title: 'The connector failed unexpectedly', detail }
  }
  // Errors with a kind are step errors, also those of another copy of the package.
  const { kind, message, detail, retryable, retryAfterMs, data } = error as StepError
  return {
    ...{ kind, title: message, retryable },
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(data === undefined ? {} : { data }),
  }
}
