import { createTRPCClient } from '@trpc/client'
import { type ApiClient, type ApiClientOptions, createApiLinks } from './api-client.js'
import type { AppRouter } from './app-router.js'
import { createFilesClient, type FilesClient } from './files.js'

/** Every procedure of the API, and its files. */
export type BrowserClient = ApiClient & { readonly files: FilesClient }

/**
 * A typed client for browsers and servers. Each mutation carries an `Idempotency-Key`. Subscriptions go over a WebSocket
 * that is opened when the first one begins; its token travels in the first message, never in the address.
 *
 * @throws ApiError `client.invalid_options` when `baseUrl` is not a URL
 */
export function createApiClient(options: ApiClientOptions): BrowserClient {
  const procedures = createTRPCClient<AppRouter>({ links: createApiLinks(options) })
  const files = createFilesClient(options)
  // Every name of the client is a procedure to it: one that is not has to be looked for first.
  return new Proxy(procedures, {
    get: (target, name) => (name === 'files' ? files : Reflect.get(target, name)),
    // The proxy above gives what the type says.
  }) as BrowserClient
}
