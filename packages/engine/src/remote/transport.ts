import type { z } from 'zod'
import type { ConnectorCaller, HttpClient, HttpResponse } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { parseRetryAfter } from '../policies/retry-after.js'
import {
  type RemoteCall,
  type RemoteCallName,
  type RemotePayload,
  type RemoteResult,
  remoteAnswerSchema,
  remoteResults,
  toStepError,
} from './calls.js'
import { checkSignature, SIGNATURE_HEADERS, type SignatureFailure, signedHeaders } from './signature.js'

/** Who calls, for how long, and as which customer. */
export interface RemoteCallOptions {
  readonly caller?: ConnectorCaller | undefined
  readonly signal?: AbortSignal
  /** The version whose definition the caller goes by. */
  readonly version?: string
  /** The door of the step or form that asks. @default the transport's own */
  readonly http?: HttpClient
}

/** Asks a served connector. */
export interface RemoteTransport {
  /** @throws StepError what the connector told, or what is wrong with the way to it */
  call<Name extends RemoteCallName>(
    name: Name,
    payload: RemotePayload<Name>,
    options: RemoteCallOptions,
  ): Promise<RemoteResult<Name>>
}

/** Where a connector is served, and how both sides know each other. */
export interface RemoteTransportOptions {
  readonly connectorId: string
  readonly url: string
  /** The first signs. While it is new to the other side, which refuses it, the next one does. */
  readonly secrets: readonly [string, ...string[]]
  readonly http: HttpClient
  /** Unix milliseconds. */
  readonly now: () => number
  /** The vendor's own id of a customer, which is what its backend knows. @default unknown */
  readonly externalIdOf?: (caller: ConnectorCaller) => Promise<string | null>
}

const MAX_ANSWER_BYTES = 20 * 1024 * 1024
const UNAUTHORIZED = 401

/** Calls over HTTP, signed both ways: only whoever has the secret can call, and only it can answer. */
export function createRemoteTransport(options: RemoteTransportOptions): RemoteTransport {
  const { connectorId, externalIdOf, secrets } = options
  return {
    call: async (name, payload, { caller, signal, version, http = options.http }) => {
      const externalId = caller === undefined ? null : ((await externalIdOf?.(caller)) ?? null)
      const call: RemoteCall = {
        connector: connectorId,
        ...(version === undefined ? {} : { version }),
        customer: caller === undefined ? null : { id: caller.customerId, externalId },
        call: name,
        payload,
      }
      const body = JSON.stringify(call)
      const [secret, ...former] = secrets
      let sent = await send({ ...options, http }, body, { secret, signal })
      for (const older of former) {
        // A refused signature means that nothing was done: another one may be tried.
        if (sent.response.status !== UNAUTHORIZED) break
        sent = await send({ ...options, http }, body, { secret: older, signal })
      }
      return readAnswer(name, sent.response, { ...options, id: sent.id })
    },
  }
}

async function send(
  { http, url, now }: RemoteTransportOptions,
  body: string,
  { secret, signal }: { readonly secret: string; readonly signal: AbortSignal | undefined },
): Promise<{ readonly response: HttpResponse; readonly id: string }> {
  const headers = signedHeaders({ direction: 'call', body }, secret, now())
  const response = await http.request({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/json' },
    text: body,
    maxRedirects: 0,
    maxResponseBytes: MAX_ANSWER_BYTES,
    ...(signal === undefined ? {} : { signal }),
  })
  return { response, id: headers[SIGNATURE_HEADERS.id] ?? '' }
}

function readAnswer<Name extends RemoteCallName>(
  name: Name,
  response: HttpResponse,
  { url, secrets, now, id }: RemoteTransportOptions & { readonly id: string },
): RemoteResult<Name> {
  const { host } = new URL(url)
  const { headers, text: body } = response
  const checked = checkSignature({ direction: 'answer', headers, body, secrets, now: now() })
  if ('failure' in checked) throw notAnswered(host, response, checked.failure)
  if (checked.id !== id) throw notAnswered(host, response, 'wrong_signature')
  const answer = remoteAnswerSchema.safeParse(parseJson(body))
  if (!answer.success) throw notUnderstood(host, name)
  if (!answer.data.ok) throw toStepError(answer.data.error)
  const schema: z.ZodType = remoteResults[name]
  const result = schema.safeParse(answer.data.result)
  // The schema is the one that the type is inferred from, which indexing by a type parameter hides.
  if (result.success) return result.data as RemoteResult<Name>
  throw notUnderstood(host, name, result.error.issues[0])
}

function parseJson(text: string): JsonValue | undefined {
  try {
    // What JSON.parse gives is a JSON value by definition.
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

const ADVICE: Readonly<Record<SignatureFailure, string>> = {
  unsigned: 'The answer is not signed: is the connector served at this address?',
  outside_window: 'The clocks of both sides differ by more than five minutes.',
  wrong_signature: 'The secrets of both sides differ.',
}

/** An answer that is not the connector's: whatever it says counts for nothing but its status. */
function notAnswered(host: string, { status, headers }: HttpResponse, failure: SignatureFailure): StepError {
  if (status === UNAUTHORIZED) {
    return new StepError('authentication', `${host} does not accept our signature`, {
      detail:
        'Its secret is another one than ours. Rotate the secret of the remote connector, and set it on both sides.',
    })
  }
  const retryAfterMs = parseRetryAfter(headers['retry-after'], Date.now())
  const isBusy = status === 429 || status >= 500
  return new StepError(status === 429 ? 'rate_limited' : 'communication', `${host} answered with status ${status}`, {
    detail: isBusy ? 'It is busy or not well.' : ADVICE[failure],
    retryable: isBusy,
    data: { status },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

function notUnderstood(
  host: string,
  name: RemoteCallName,
  issue?: { readonly path: PropertyKey[]; readonly message: string },
): StepError {
  const where = issue === undefined ? '' : ` ${issue.path.map(String).join('.') || 'It'}: ${issue.message}.`
  return new StepError('communication', `${host} gave an answer to ${name} that is not understood`, {
    detail: `Update @inlay/sdk on the side that serves the connector.${where}`,
    retryable: false,
  })
}
