import { createHmac } from 'node:crypto'
import { BugError, StepError } from '@inlay/engine'
import { z } from 'zod'
import { KEY_BYTES } from './cipher.js'
import type { KeyWrapper } from './key-wrapper.js'
import type { KeyOwner } from './place.js'

/** Where the key service is, and what requests to it are signed with. */
export interface KeyServiceOptions {
  /** Its operations are `/current`, `/wrap` and `/unwrap` below it; without a slash at its end. */
  readonly url: string
  readonly secret: string
  /** Milliseconds of one request. @default 5000 */
  readonly timeoutMs?: number
  /** @default the system's clock */
  readonly nowMs?: () => number
}

/** Tells ids of the key service apart from those of the environment, which have no colon. */
export const KEY_SERVICE_PREFIX = 'kms:'

const CURRENT_KEPT_MS = 60_000
const ATTEMPTS = 2
const MAX_ANSWER_BYTES = 64 * 1024

const currentAnswer = z.object({ keyId: z.string().min(1).max(200) })
const wrapAnswer = currentAnswer.extend({ wrapped: z.base64().min(1) })
const unwrapAnswer = z.object({ key: z.base64().min(1) })

/**
 * Wraps with a key service outside, by the protocol of `docs/how-to/rotate-keys.md`. Data keys pass through it; master
 * keys never come here.
 */
export function createHttpKeyWrapper(options: KeyServiceOptions): KeyWrapper {
  const { nowMs = Date.now } = options
  let current: { readonly keyId: string; readonly until: number } | undefined
  return {
    currentKeyId: async () => {
      if (current === undefined || current.until <= nowMs()) {
        const { keyId } = await ask(options, 'current', { body: {}, answer: currentAnswer })
        current = { keyId: KEY_SERVICE_PREFIX + keyId, until: nowMs() + CURRENT_KEPT_MS }
      }
      return current.keyId
    },
    wrap: async (key, owner) => {
      const body = { key: key.toString('base64'), context: contextOf(owner) }
      const { keyId, wrapped } = await ask(options, 'wrap', { body, answer: wrapAnswer })
      return { keyId: KEY_SERVICE_PREFIX + keyId, bytes: Buffer.from(wrapped, 'base64') }
    },
    unwrap: async ({ keyId, bytes }, owner) => {
      const id = keyId.slice(KEY_SERVICE_PREFIX.length)
      const body = { keyId: id, wrapped: bytes.toString('base64'), context: contextOf(owner) }
      const answer = await ask(options, 'unwrap', { body, answer: unwrapAnswer })
      const key = Buffer.from(answer.key, 'base64')
      if (key.length !== KEY_BYTES) throw new BugError('The key service gave a data key of another length.')
      return key
    },
  }
}

/** What the service must bind to what it wraps. */
function contextOf({ tenantId, customerId }: KeyOwner): Record<string, string> {
  return { tenantId, customerId: customerId ?? '' }
}

interface Question<T extends z.ZodType> {
  readonly body: Readonly<Record<string, unknown>>
  readonly answer: T
}

async function ask<T extends z.ZodType>(
  options: KeyServiceOptions,
  operation: string,
  { body, answer }: Question<T>,
): Promise<z.output<T>> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(options, operation, JSON.stringify(body)).catch((cause: unknown) => cause)
    if (response instanceof Response && response.status < 500) return read(response, operation, answer)
    if (attempt >= ATTEMPTS) throw unreachable(operation, response)
  }
}

/** The operator chose this address: it is called directly, and not by the door for what customers' workflows call. */
function send({ url, secret, timeoutMs = 5000, nowMs = Date.now }: KeyServiceOptions, operation: string, body: string) {
  const address = new URL(`${url}/${operation}`)
  const timestamp = String(Math.floor(nowMs() / 1000))
  const signature = createHmac('sha256', secret).update(`${timestamp}.${address.pathname}.${body}`).digest('hex')
  return fetch(address, {
    method: 'POST',
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      'content-type': 'application/json',
      'x-inlay-timestamp': timestamp,
      'x-inlay-signature': `v1=${signature}`,
    },
  })
}

async function read<T extends z.ZodType>(response: Response, operation: string, answer: T): Promise<z.output<T>> {
  const text = await response.text()
  // What a service says may hold the key: it is never quoted.
  if (!response.ok) throw new BugError(`The key service refused "${operation}" with status ${response.status}.`)
  const parsed = text.length > MAX_ANSWER_BYTES ? undefined : answer.safeParse(parseJson(text))
  if (parsed?.success !== true) throw new BugError(`The key service gave no valid answer to "${operation}".`)
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Worth another attempt: steps that fail by it are retried. */
function unreachable(operation: string, cause: unknown): StepError {
  const why = cause instanceof Response ? `It answered "${operation}" with status ${cause.status}.` : undefined
  return new StepError('communication', 'The key service cannot be reached', {
    detail: [why ?? '', 'Credentials cannot be opened until it can.'].join(' ').trim(),
    ...(cause instanceof Error ? { cause } : {}),
  })
}
