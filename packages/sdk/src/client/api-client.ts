import type { AppRouter } from '@inlay/platform/api'
import { createTRPCClient, createWSClient, httpLink, splitLink, type TRPCClient, wsLink } from '@trpc/client'

/** Every procedure of the API, typed: `client.workflows.get.query({ id })`. */
export type ApiClient = TRPCClient<AppRouter>

export interface ApiClientOptions {
  /** The control plane's origin, for example `https://automation.example.com`. */
  readonly baseUrl: string
  /** Gives the bearer token for a call; undefined where a session cookie speaks for itself. */
  readonly getToken?: () => string | undefined | Promise<string | undefined>
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch
  /** Further headers of each call. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A typed client for browsers and servers. Subscriptions go over a WebSocket that is opened when the first one begins;
 * its token travels in the first message, never in the address.
 */
export function createApiClient({ baseUrl, getToken, fetch: ownFetch, headers }: ApiClientOptions): ApiClient {
  const base = baseUrl.replace(/\/$/, '')
  const http = httpLink({
    url: `${base}/trpc`,
    headers: async () => {
      const token = await getToken?.()
      return { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
    },
    ...(ownFetch === undefined ? {} : { fetch: ownFetch as never }),
  })
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: wsLink({ client: createSocket(base, getToken) }),
        false: http,
      }),
    ],
  })
}

function createSocket(base: string, getToken: ApiClientOptions['getToken']): ReturnType<typeof createWSClient> {
  return createWSClient({
    url: `${base.replace(/^http/, 'ws')}/trpc`,
    lazy: { enabled: true, closeMs: 10_000 },
    connectionParams: async () => {
      const token = await getToken?.()
      return token === undefined ? {} : { token }
    },
  })
}
