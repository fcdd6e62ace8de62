/** What pieces get from outside their process. */
import {
  type ConnectorStores,
  type FileStore,
  type HttpClient,
  type HttpMethod,
  isInlayError,
  type JsonValue,
  type StepLog,
} from '@inlay/sdk/connector'
import { contentTypeOf } from './content-type.js'
import type { CheckedQuestion, DoorAnswer } from './protocol.js'

/** What a call may use; what is left out is refused. */
export interface Doors {
  readonly http?: HttpClient
  readonly stores?: ConnectorStores
  readonly files?: FileStore
  /** Values of a trigger, which are kept with its cursor or registration. */
  readonly triggerValues?: Map<string, JsonValue>
  readonly log?: StepLog
  readonly signal?: AbortSignal
}

type Question<Op extends CheckedQuestion['op']> = Extract<CheckedQuestion, { op: Op }>

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] satisfies HttpMethod[]
/** Of the connection, not of the request: the door makes its own. */
const OWN_HEADERS = new Set([
  ...[
    'host',
    'connection',
    'content-length',
    'transfer-encoding',
    'accept-encoding',
    'expect',
    'upgrade',
    'keep-alive',
  ],
  ...['proxy-authorization', 'proxy-connection', 'te', 'trailer'],
])
/** The door has decoded the body. */
const CODING_HEADERS = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive'])

/**
 * Answers what a piece asks for.
 *
 * @param onError is told what went wrong at a door, and undefined when a request was answered
 */
export async function answerQuestion(
  question: CheckedQuestion,
  doors: Doors,
  onError: (error: unknown) => void,
): Promise<DoorAnswer> {
  try {
    const answer = question.op === 'http' ? await request(question, doors) : { value: await keep(question, doors) }
    onError(undefined)
    return answer
  } catch (error) {
    onError(error)
    return { error: isInlayError(error) ? [error.message, error.detail].filter(Boolean).join('. ') : String(error) }
  }
}

async function request(question: Question<'http'>, { http, signal }: Doors): Promise<DoorAnswer> {
  const { method, url, headers, body, isRedirected } = question
  if (http === undefined) throw new Error('Requests are refused here: it is asked without an account.')
  // A relative address would be one of the connector's own API, with credentials that the door puts on.
  if (!METHODS.includes(method) || !/^https?:\/\//i.test(url)) throw new Error(`${method} ${url} cannot be requested.`)
  const bytes = Buffer.from(body, 'base64')
  const response = await http.request({
    // The list above holds methods only.
    method: method as HttpMethod,
    url,
    headers: withoutHeaders(headers, OWN_HEADERS),
    ...(bytes.length === 0 ? {} : { bytes }),
    ...(isRedirected ? {} : { maxRedirects: 0 }),
    ...(signal === undefined ? {} : { signal }),
  })
  return {
    status: response.status,
    headers: withoutHeaders(response.headers, CODING_HEADERS),
    body: Buffer.from(response.bytes).toString('base64'),
  }
}

async function keep(question: Exclude<CheckedQuestion, Question<'http'>>, doors: Doors): Promise<JsonValue> {
  if (question.op === 'file') return writeFile(question, doors)
  const store = storeOf(question.scope, doors)
  switch (question.op) {
    case 'get':
      return (await store.get(question.key)) ?? null
    case 'put':
      await store.set(question.key, question.value)
      return null
    case 'delete':
      await store.delete(question.key)
      return null
  }
}

async function writeFile({ name, body }: Question<'file'>, { files }: Doors): Promise<JsonValue> {
  if (files === undefined) throw new Error('Files cannot be written here.')
  const written = await files.write({ name, contentType: contentTypeOf(name), bytes: Buffer.from(body, 'base64') })
  return { ...written }
}

function storeOf(scope: Question<'get'>['scope'], { stores, triggerValues }: Doors) {
  if (scope === 'trigger' && triggerValues !== undefined) return inMemory(triggerValues)
  if (scope === 'trigger' || stores === undefined) throw new Error('Values cannot be kept here.')
  return stores[scope]
}

function inMemory(values: Map<string, JsonValue>) {
  return {
    get: async (key: string) => values.get(key),
    set: async (key: string, value: JsonValue) => void values.set(key, value),
    delete: async (key: string) => void values.delete(key),
  }
}

function withoutHeaders(headers: Readonly<Record<string, string>>, left: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !left.has(name.toLowerCase())))
}
