import {
  type AuthValues,
  type Connector,
  type FileStore,
  isInlayError,
  type JsonObject,
  type JsonValue,
} from '@inlay/engine'
import { checkConnector } from '../connector/to-connector.js'
import type { ImportedAuth, ImportedConnector, ImportedField } from '../imported-connector.js'

/** Credentials as a test would have them, for a way to connect of an imported connector. */
export function testAuth(method: ImportedAuth, { serverFields }: ImportedConnector): AuthValues {
  const fields: JsonObject = Object.fromEntries(
    [...serverFields, ...method.fields].map((field) => [field.name, testValue(field)]),
  )
  const common = { method: method.id, fields }
  switch (method.kind) {
    case 'apiKey':
      return { ...common, kind: 'apiKey', apiKey: 'test-key' }
    case 'bearer':
      return { ...common, kind: 'bearer', token: 'test-token' }
    case 'basic':
      return { ...common, kind: 'basic', username: 'kim', password: 'test-password' }
    case 'oauth2':
      return { ...common, kind: 'oauth2', accessToken: 'test-token', scopes: [], extra: {} }
    case 'custom':
      return { ...common, kind: 'custom' }
  }
}

function testValue({ default: preset, choices, form }: ImportedField): string {
  if (preset !== undefined && preset !== '') return preset
  return choices?.[0] ?? (form === 'url' ? 'https://service.test' : 'test')
}

/** Where every action is tried. */
export interface CallEveryOptions {
  /** Filled with what the stub is to answer, by operation. */
  readonly samples: Map<string, JsonValue>
  readonly baseUrl: string
  /** `runAction` of `@inlay/sdk/testing`. */
  run(connector: Connector, id: string, options: CallOptions): Promise<unknown>
}

/** What each action is given. */
export interface CallOptions {
  readonly input: JsonObject
  readonly auth: AuthValues
  readonly baseUrl: string
  readonly origins: Readonly<Record<string, string>>
  readonly files: FileStore
}

/**
 * Runs each action that has samples with its own input, and with each way to connect until one is taken.
 *
 * @returns what failed, in a line each
 */
export async function callEveryAction(imported: ImportedConnector, options: CallEveryOptions): Promise<string[]> {
  const { samples, baseUrl, run } = options
  for (const { key, sampleOutput } of imported.operations)
    if (sampleOutput !== undefined) samples.set(key, sampleOutput)
  const connector = checkConnector(imported)
  const origins = Object.fromEntries(imported.origins.map((origin) => [origin, baseUrl]))
  const auths: AuthValues[] = imported.auth.map((method) => testAuth(method, imported))
  const failures: string[] = []
  for (const { id, sampleInput, sampleOutput } of imported.operations) {
    if (sampleInput === undefined || sampleOutput === undefined) continue
    const call = (auth: AuthValues): Promise<unknown> =>
      run(connector, id, { input: sampleInput, auth, baseUrl, origins, files: TEST_FILES })
    const error = await firstSuccess(auths.length === 0 ? [NO_AUTH] : auths, call)
    if (error !== undefined) failures.push(`${id}: ${error}`)
  }
  return failures
}

const NO_AUTH: AuthValues = { kind: 'none', fields: {} }

/** The first way's error, when none works. */
async function firstSuccess(
  auths: readonly AuthValues[],
  call: (auth: AuthValues) => Promise<unknown>,
): Promise<string | undefined> {
  let first: string | undefined
  for (const auth of auths) {
    const error = await call(auth).then(() => undefined, describeError)
    if (error === undefined) return undefined
    first ??= error
  }
  return first
}

function describeError(error: unknown): string {
  return isInlayError(error) ? `${error.message} ${error.detail ?? ''}` : String(error)
}

/** Every file that a sample speaks of is there. */
const TEST_FILES: FileStore = {
  write: async ({ name, contentType, bytes }) => ({ $file: 'file_2', name, contentType, size: bytes.length }),
  read: async () => Buffer.from('sample'),
}
