import {
  type AuthValues,
  type Connector,
  type ConnectorStores,
  createServiceClient,
  type FileStore,
  type HttpClient,
  type JsonValue,
  type KeyValueStore,
  StepError,
  type TriggerContext,
} from '@inlay/engine'
import { createEgress, type Egress } from '@inlay/engine/http'

/** Where and how a connector's code is tried. */
export interface TestContextOptions {
  /** @default { kind: 'none', fields: {} } */
  readonly auth?: AuthValues
  /** Takes the place of the service's own address: that of a stub. Credentials go there, as they go to the service. */
  readonly baseUrl?: string
  /** @default a client that reaches public addresses and this machine */
  readonly http?: HttpClient
  readonly signal?: AbortSignal
  /** Kept between calls that are to see each other's values. @default empty ones */
  readonly store?: ConnectorStores
  /** @default an empty one */
  readonly files?: FileStore
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
      http: createServiceClient({ connector: at, auth, http: options.http ?? egress.http }),
      net: egress.net,
      signal: options.signal ?? new AbortController().signal,
      log: { info: () => {}, warn: () => {} },
      store: options.store ?? createTestStores(),
      files: options.files ?? createTestFiles(),
    })
  } finally {
    await egress.close()
  }
}

/** Stores in memory, as a connector would find them. */
export function createTestStores(): ConnectorStores {
  return { customer: memoryStore(), workflow: memoryStore() }
}

/** Files in memory, as a connector would find them. */
export function createTestFiles(): FileStore {
  const files = new Map<string, Uint8Array>()
  return {
    write: async ({ name, contentType, bytes }) => {
      const id = `file_${files.size + 1}`
      files.set(id, bytes)
      return { $file: id, name, contentType, size: bytes.length }
    },
    read: async ({ $file, name }) => {
      const bytes = files.get($file)
      if (bytes === undefined) throw new StepError('validation', `There is no file "${name}"`)
      return bytes
    },
  }
}

function memoryStore(): KeyValueStore {
  const values = new Map<string, JsonValue>()
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, value),
    delete: async (key) => void values.delete(key),
  }
}

function moved(connector: Connector, baseUrl: string): Connector {
  return { ...connector, api: { ...connector.api, baseUrl } }
}
