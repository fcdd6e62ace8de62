import {
  type AuthValues,
  type Connector,
  type ConnectorStores,
  createServiceClient,
  type DeliveryContext,
  type FileStore,
  type HttpClient,
  type StepLog,
  type TriggerContext,
} from '@inlay/engine'
import { createEgress, type Egress } from '@inlay/engine/http'
import { createTestFiles, createTestStores } from './test-storage.js'

/** Where and how a connector's code is tried. */
export interface TestContextOptions {
  /** @default { kind: 'none', fields: {} } */
  readonly auth?: AuthValues
  /** Takes the place of the service's own address: that of a stub. Credentials go there, as they go to the service. */
  readonly baseUrl?: string
  /** Where requests to other origins go instead, as `{ 'https://upload.acme.com': stub.url }`. */
  readonly origins?: Readonly<Record<string, string>>
  /** @default a client that reaches public addresses and this machine */
  readonly http?: HttpClient
  readonly signal?: AbortSignal
  /** Kept between calls that are to see each other's values. @default empty ones */
  readonly store?: ConnectorStores
  /** @default an empty one */
  readonly files?: FileStore
  /** Is told what the connector logs. */
  readonly log?: StepLog
}

/** What every piece of a connector's code is given. */
export type TestContext = Omit<TriggerContext, 'input'>

/** Doors that lead to this machine too, on any port. Close them at the end of the test. */
export function createTestEgress(): Egress {
  return createEgress({ allow: ['127.0.0.0/8', '::1/128'] })
}

/** Calls a connector's code with a context as the platform would make it, and closes what it opened. */
export async function withTestContext<T>(
  connector: Connector,
  options: TestContextOptions,
  use: (context: TestContext) => Promise<T>,
): Promise<T> {
  const egress = createTestEgress()
  const auth = options.auth ?? { kind: 'none', fields: {} }
  const at = options.baseUrl === undefined ? connector : moved(connector, options.baseUrl)
  try {
    return await use({
      auth,
      http: createServiceClient({ connector: at, auth, http: rerouted(options.http ?? egress.http, options.origins) }),
      net: egress.net,
      signal: options.signal ?? new AbortController().signal,
      log: options.log ?? { info: () => {}, warn: () => {} },
      store: options.store ?? createTestStores(),
      files: options.files ?? createTestFiles(),
    })
  } finally {
    await egress.close()
  }
}

/** As `withTestContext`, for code that reads what a service has sent. */
export function withDeliveryContext<T>(
  connector: Connector,
  options: TestContextOptions,
  use: (context: Omit<DeliveryContext, 'input'>) => Promise<T>,
): Promise<T> {
  return withTestContext(connector, options, ({ auth, ...context }) =>
    use({ ...context, credentials: async () => auth }),
  )
}

function moved(connector: Connector, baseUrl: string): Connector {
  return { ...connector, api: { ...connector.api, baseUrl } }
}

/** Behind the credentials: what goes to an origin of the service's own is signed as for that origin. */
function rerouted(http: HttpClient, origins: Readonly<Record<string, string>> = {}): HttpClient {
  return {
    request: (request) => {
      const url = URL.canParse(request.url) ? new URL(request.url) : undefined
      const target = url === undefined ? undefined : origins[url.origin]
      if (url === undefined || target === undefined) return http.request(request)
      return http.request({ ...request, url: `${target}${url.pathname}${url.search}` })
    },
  }
}
