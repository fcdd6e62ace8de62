// A session of the widget: lives in memory only, and is renewed before it ends.
import { createApiClient } from '@inlay/sdk/client'
import { readProblem } from '../data/api-error.js'
import type { Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { outliving } from '../data/outliving.js'
import { progressFetch } from '../data/progress-fetch.js'
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

/** Where a session is, and who gives tokens for it. */
export interface SessionOptions extends Pick<InlayOptions, 'baseUrl' | 'getToken'> {
  /** Of the page around our own frame: the control plane checks that it may show the widget. */
  readonly parentOrigin?: string | undefined
  /** Pause before the second attempt, in milliseconds; doubled before the third. @default 1000 */
  readonly firstPauseMs?: number
}

interface Granted {
  readonly sessionToken: string
  readonly expiresAt: string
  readonly me: Me
}

/** Exchanges tokens of the host for sessions. Tells `token.refreshed`, `session.expired` and `limit.reached`. */
export function createEmbedSession(options: SessionOptions, events: EventHub): EmbedSession {
  const grants = new Grants(options, events)
  const authorizedFetch: typeof fetch = async (input, init) => {
    const response = await progressFetch(input, outliving(init))
    const limit = await reachedLimit(response)
    if (limit !== undefined) events.emit('limit.reached', { kind: limit })
    if (response.status !== 401) return response
    // A call that was under way when the session ended is made once more.
    const renewed = await grants.renew('unauthorized', init).catch(() => undefined)
    // Why there is no new session is the widget's matter; to the call it is the refusal that counts.
    if (renewed === undefined) return response
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${renewed.sessionToken}`)
    return progressFetch(input, { ...init, headers })
  }
  return {
    client: createApiClient({
      baseUrl: options.baseUrl,
      getToken: async () => (await grants.current()).sessionToken,
      fetch: authorizedFetch,
    }),
    start: async () => (await grants.begin()).me,
    dispose: () => grants.dispose(),
  }
}

/** The sessions of one widget, one after the other. */
class Grants {
  readonly #options: SessionOptions
  readonly #events: EventHub
  readonly #door: ReturnType<typeof createApiClient>
  #granted: Promise<Granted> | undefined
  /** One renewal at a time, however many calls were refused. */
  #renewal: Promise<Granted> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #hasBegun = false
  #isDisposed = false

  constructor(options: SessionOptions, events: EventHub) {
    this.#options = options
    this.#events = events
    this.#door = createApiClient({ baseUrl: options.baseUrl })
  }

  current(): Promise<Granted> {
    this.#granted ??= this.#exchange('start')
    return this.#granted
  }

  begin(): Promise<Granted> {
    this.#granted = undefined
    const begun = this.current()
    begun.then(
      () => {
        // Whatever waits for a session goes on, as after any other renewal.
        if (this.#hasBegun) this.#events.emit('token.refreshed', {})
        this.#hasBegun = true
      },
      () => {
        // What failed once is asked for again the next time.
        if (this.#granted === begun) this.#granted = undefined
      },
    )
    return begun
  }

  /** @param refused the call that was refused; one with an older session only needs the newer one */
  async renew(reason: 'refresh' | 'unauthorized', refused?: RequestInit): Promise<Granted> {
    const now = await this.#granted?.catch(() => undefined)
    const sent = new Headers(refused?.headers).get('authorization')
    if (now !== undefined && sent !== null && sent !== `Bearer ${now.sessionToken}`) return now
    this.#renewal ??= this.#exchange(reason)
      .then(
        (session) => {
          this.#granted = Promise.resolve(session)
          this.#events.emit('token.refreshed', {})
          return session
        },
        (error: unknown) => {
          this.#failed(reason, now)
          throw error
        },
      )
      .finally(() => {
        this.#renewal = undefined
      })
    return this.#renewal
  }

  dispose(): void {
    this.#isDisposed = true
    clearTimeout(this.#timer)
  }

  /** A session that is still alive serves until its end; then there is one more try. */
  #failed(reason: 'refresh' | 'unauthorized', session: Granted | undefined): void {
    if (this.#isDisposed) return
    if (reason === 'unauthorized' || session === undefined) this.#events.emit('session.expired', {})
    else this.#renewIn(lifeOf(session), 'unauthorized')
  }

  async #exchange(reason: TokenRequest['reason']): Promise<Granted> {
    const { getToken, parentOrigin, firstPauseMs = FIRST_PAUSE_MS } = this.#options
    const session = await withRetries(firstPauseMs, async () => {
      const token = await getToken({ reason })
      return this.#door.embed.exchange.mutate({ token, ...(parentOrigin === undefined ? {} : { parentOrigin }) })
    })
    if (!this.#isDisposed) this.#renewIn(lifeOf(session) * RENEW_AT, 'refresh')
    return session
  }

  #renewIn(ms: number, reason: 'refresh' | 'unauthorized'): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.renew(reason).catch(() => {}), Math.max(ms, 0))
  }
}

/** In milliseconds. */
function lifeOf({ expiresAt }: Granted): number {
  return new Date(expiresAt).getTime() - Date.now()
}

/** Tries again when the network or the host's backend stumbles; a refusal by the control plane is final. */
async function withRetries<T>(firstPauseMs: number, attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt()
    } catch (error) {
      const { status } = readProblem(error)
      if (count >= ATTEMPTS || (status >= 400 && status < 500)) throw error
      await new Promise((resolve) => setTimeout(resolve, firstPauseMs * 2 ** (count - 1)))
    }
  }
}

/** Which limit an answer speaks of; undefined when it is of none. */
async function reachedLimit(response: Response): Promise<string | undefined> {
  if (![402, 409, 429].includes(response.status)) return undefined
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  // tRPC puts its answers to refused calls under `error`.
  const { code } = readProblem((body as { readonly error?: unknown } | undefined)?.error ?? body)
  if (code.endsWith('limit_reached')) return code
  return response.status === 409 ? undefined : 'rate'
}
