import { type JsonValue, toPlainJson, WEBHOOK_ANSWER_HEADERS, type WebhookAnswer } from '@inlay/engine'

const MAX_ANSWER_BYTES = 16_384
/** Statuses that have no body. */
const BODILESS: readonly number[] = [204, 205, 304]

/** What is answered to a service. */
export type HookReply = Required<Pick<WebhookAnswer, 'status'>> & Omit<WebhookAnswer, 'status'>

/** How a connector's answer is read. */
export interface AnswerRules {
  /** Takes secrets out. */
  readonly clean: (data: JsonValue) => JsonValue
  /** Whether what was delivered is taken: any status but a 2xx would have the service send it again. @default false */
  readonly isTaken?: boolean
}

/**
 * An answer as it is sent; connectors may have made anything. It sets no cookie, sends nobody elsewhere, and says
 * nothing about the origin: of headers, only those that services ask for are left.
 *
 * @throws StepError `limit` for a body that is too large, `bug` for one that is no JSON
 */
export function toReply(given: WebhookAnswer, { clean, isTaken = false }: AnswerRules): HookReply {
  const { headers = {}, body } = given
  const status = statusOf(given.status, isTaken ? 299 : 599)
  const hasBody = body !== undefined && !BODILESS.includes(status)
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).flatMap((header) => readHeader(header, clean))),
    ...(hasBody ? { body: clean(toPlainJson(body, { maxBytes: MAX_ANSWER_BYTES, name: 'answer' })) } : {}),
  }
}

function statusOf(status: unknown, max: number): number {
  const isStatus = typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= max
  return isStatus ? status : 200
}

const ALLOWED: readonly string[] = WEBHOOK_ANSWER_HEADERS
const MAX_HEADER_LENGTH = 1000

function readHeader([name, value]: readonly [string, unknown], clean: AnswerRules['clean']): [string, string][] {
  const lower = name.toLowerCase()
  const isPlain = typeof value === 'string' && value.length <= MAX_HEADER_LENGTH && /^[\t\x20-\x7e]*$/.test(value)
  return isPlain && ALLOWED.includes(lower) ? [[lower, String(clean(value))]] : []
}
