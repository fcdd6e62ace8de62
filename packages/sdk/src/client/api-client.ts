import {
  createWSClient,
  httpLink,
  type Operation,
  splitLink,
  type TRPCClient,
  type TRPCLink,
  wsLink,
} from '@trpc/client'
import type { AppRouter } from './app-router.js'
import { ApiError, readRetryAfter, toRefusal } from './errors.js'

/** Every procedure of the API, typed: `client.workflows.get.query({ id })`. */
export type ApiClient = TRPCClient<AppRouter>

/** Where the API is and how calls are made. */
export interface ApiClientOptions {
  /** The control plane's address, for example `https://automation.example.com`. */
  readonly baseUrl: string
  /** Gives the bearer token for a call; undefined where a session cookie speaks for itself. */
  readonly getToken?: () => string | undefined | Promise<string | undefined>
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch
  /** Further headers of each call. */
  readonly headers?: Readonly<Record<string, string>>
  /** For subscriptions; Node has none of its own before version 22: give it that of `ws`. @default the global `WebSocket` */
  readonly webSocket?: typeof WebSocket
}

/**
 * The links of `createApiClient`, to put links of your own before them.
 *
 * @throws ApiError `client.invalid_options` when `baseUrl` is not a URL
 */
export function createApiLinks(options: ApiClientOptions): TRPCLink<AppRouter>[] {
  const base = readBaseUrl(options.baseUrl)
  const http = httpLink<AppRouter>({
    url: `${base}/trpc`,
    headers: ({ op }) => callHeaders(options, op),
    // tRPC describes what it needs of `fetch` more loosely than the platform's own type does.
    fetch: apiFetch(options) as never,
  })
  return [
    idempotencyKeyLink(),
    splitLink({ condition: ({ type }) => type === 'subscription', true: lazySocketLink(base, options), false: http }),
  ]
}

/** The headers of one call: the caller's own, the token, and the key that tells a repetition from a new call. */
export async function callHeaders(
  { headers, getToken }: Pick<ApiClientOptions, 'headers' | 'getToken'>,
  { context }: Pick<Operation, 'context'>,
): Promise<Record<string, string>> {
  const token = await getToken?.()
  const key = context['idempotencyKey']
  return {
    ...headers,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(typeof key === 'string' ? { 'idempotency-key': key } : {}),
  }
}

/** `fetch` for answers of the API alone, which are JSON whether they succeed or not. @throws ApiError `unexpected_answer` */
export function apiFetch({ fetch: given }: Pick<ApiClientOptions, 'fetch'>): typeof fetch {
  return async (url, init) => {
    const response = await (given ?? fetch)(url, init)
    if (/\bjson\b/i.test(response.headers.get('content-type') ?? '')) return response
    const { status } = response
    const message = `The answer has the status ${status} and is not the API's. Check baseUrl, and any proxy in between.`
    throw toRefusal(message, { code: 'unexpected_answer', status, retryAfterMs: readRetryAfter(response) })
  }
}

/** @returns the address without a slash at its end @throws ApiError `client.invalid_options` */
export function readBaseUrl(baseUrl: string): string {
  if (/^https?:\/\/[^/]/.test(baseUrl) && URL.canParse(baseUrl)) return baseUrl.replace(/\/+$/, '')
  const message = `baseUrl must be the control plane's address, such as https://automation.example.com, not "${baseUrl}".`
  throw new ApiError(message, { code: 'client.invalid_options', status: 0 })
}

/** One key per call, so that all attempts at it share theirs. */
function idempotencyKeyLink(): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      next(
        op.type === 'mutation' && op.context['idempotencyKey'] === undefined
          ? { ...op, context: { ...op.context, idempotencyKey: newKey() } }
          : op,
      )
}

/** A key that no other call has. `crypto.randomUUID` is missing on pages that are not served over https. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** tRPC asks for a WebSocket when a link is made: a server that never subscribes needs none. */
function lazySocketLink(base: string, options: ApiClientOptions): TRPCLink<AppRouter> {
  return (runtime) => {
    let link: ReturnType<TRPCLink<AppRouter>> | undefined
    return (call) => {
      link ??= wsLink<AppRouter>({ client: createSocket(base, options) })(runtime)
      return link(call)
    }
  }
}

function createSocket(base: string, { getToken, webSocket }: ApiClientOptions): ReturnType<typeof createWSClient> {
  if (webSocket === undefined && typeof WebSocket === 'undefined') {
    const message = 'Subscriptions need a WebSocket, and this runtime has none. Give the option webSocket that of `ws`.'
    throw new ApiError(message, { code: 'client.invalid_options', status: 0 })
  }
  return createWSClient({
    url: `${base.replace(/^http/, 'ws')}/trpc`,
    lazy: { enabled: true, closeMs: 10_000 },
    ...(webSocket === undefined ? {} : { WebSocket: webSocket }),
    connectionParams: async () => {
      const token = await getToken?.()
      return token === undefined ? {} : { token }
    },
  })
}
