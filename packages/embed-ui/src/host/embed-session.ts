// A session of the widget: lives in memory only, and is renewed before it ends.
import { createApiClient } from '@inlay/sdk/client'
import { readProblem } from '../data/api-error.js'
import type { Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import type { EventHub } from './events.js'
import type { InlayOptions, TokenRequest } from './options.js'

/** Part of a session's life after which it is renewed. */
const RENEW_AT = 0.8
const ATTEMPTS = 3
const FIRST_PAUSE_MS = 1_000

export interface EmbedSession {
  /** Calls the API as the end user; renews the session when it is refused. */
  readonly client: BuilderClient
  /** Signs in. Call again after `session.expired`. @throws what the host's `getToken` or the exchange throws */
  start(): Promise<Me>
  dispose(): void
}

interface Granted {
  readonly sessionToken: string
  readonly expiresAt: string
  readonly me: Me
}

/** Exchanges tokens of the host for sessions. Tells `token.refreshed` and `session.expired`. */
export function createEmbedSession(
  options: Pick<InlayOptions, 'baseUrl' | 'getToken'>,
  events: EventHub,
): EmbedSession {
  const { baseUrl, getToken } = options
  const door = createApiClient({ baseUrl })
  let granted: Promise<Granted> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDisposed = false

  const exchange = async (request: TokenRequest): Promise<Granted> => {
    const token = await getToken(request)
    const session = await door.embed.exchange.mutate({ token })
    clearTimeout(timer)
    if (isDisposed) return session
    const lifeMs = new Date(session.expiresAt).getTime() - Date.now()
    timer = setTimeout(() => void renew('refresh').catch(() => {}), Math.max(lifeMs * RENEW_AT, 0))
    return session
  }
  /** One renewal at a time, however many calls were refused. */
  let renewal: Promise<Granted> | undefined
  const renew = (reason: TokenRequest['reason']): Promise<Granted> => {
    renewal ??= withRetries(() => exchange({ reason }))
      .then(
        (session) => {
          granted = Promise.resolve(session)
          if (reason !== 'start') events.emit('token.refreshed', {})
          return session
        },
        (error: unknown) => {
          // The session that is still alive may serve until its end.
          if (reason === 'unauthorized') events.emit('session.expired', {})
          throw error
        },
      )
      .finally(() => {
        renewal = undefined
      })
    return renewal
  }
  const current = (): Promise<Granted> => {
    granted ??= renew('start')
    return granted
  }
  const authorizedFetch: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    if (response.status !== 401) return response
    const { sessionToken } = await renew('unauthorized')
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${sessionToken}`)
    return fetch(input, { ...init, headers })
  }
  const api = createApiClient({
    baseUrl,
    getToken: async () => (await current()).sessionToken,
    fetch: authorizedFetch,
  })
  return {
    client: api,
    start: async () => {
      granted = undefined
      return (await current()).me
    },
    dispose: () => {
      isDisposed = true
      clearTimeout(timer)
    },
  }
}

/** Tries again when the network or the host's backend stumbles; a refusal by the control plane is final. */
async function withRetries<T>(attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt()
    } catch (error) {
      const { status } = readProblem(error)
      if (count >= ATTEMPTS || (status >= 400 && status < 500)) throw error
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** (count - 1)))
    }
  }
}
