import type { DefinitionIssue } from '@inlay/engine'
import { PROBLEM_MESSAGES } from '../messages/problem-messages.js'
import type { Texts } from '../messages/useTexts.js'

/** A failed call in words for people. */
export interface ApiProblem {
  /** Stable and dotted, for example `workflow.not_found`; `network` when no answer came. */
  readonly code: string
  readonly title: string
  readonly detail: string | undefined
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly issues: readonly DefinitionIssue[]
  /** When it may be tried again, if the server says so. */
  readonly retryAfterSeconds?: number
}

/** Reads what a client threw: an error of the SDK, a tRPC error, or one of the network. */
export function readProblem(error: unknown): ApiProblem {
  const fields = isRecord(error) ? error : {}
  // tRPC keeps our fields under `data`; the SDK's errors carry them on themselves.
  const data = isRecord(fields['data']) && 'code' in fields['data'] ? fields['data'] : fields
  const status = number(data['httpStatus']) ?? number(data['status']) ?? 0
  const retryAfterMs = number(data['retryAfterMs'])
  const retryAfterSeconds =
    number(data['retryAfterSeconds']) ?? (retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000))
  const title = text(data['title']) ?? text(fields['message']) ?? String(error)
  return {
    code: status === 0 ? 'network' : (text(data['code']) ?? 'unknown'),
    title,
    detail: text(data['detail']),
    status,
    issues: Array.isArray(data['issues']) ? data['issues'].filter(isIssue) : [],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
}

/** Whether the call may simply be tried again later: no answer, or the server was busy. */
export function isTransient({ status }: ApiProblem): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500
}

/** One line about a problem in the language of the widget; in the server's words when its code is not known here. */
export function problemText(problem: ApiProblem, t: Texts): string {
  const { code, title, detail = title, retryAfterSeconds } = problem
  const key = `problem.${code}`
  if (!isKnown(key) || (code === 'network' && !LOST.test(title))) return englishText(problem)
  return t(key, { detail, time: waitingTime(retryAfterSeconds, t) })
}

/** One line about a problem as the server says it, for whoever develops the page around the widget. */
export function englishText({ title, detail }: ApiProblem): string {
  return detail === undefined || detail === title ? title : `${title}. ${detail}`.replace('.. ', '. ')
}

/** What browsers and the client say when no answer came; other errors without a status have words of their own. */
const LOST = /fetch|network|load failed|connection|timed? ?out|did not answer/i

const MINUTE_S = 60

function waitingTime(seconds = MINUTE_S, t: Texts): string {
  return seconds < MINUTE_S
    ? t('durationWords.s', { count: seconds })
    : t('durationWords.m', { count: Math.ceil(seconds / MINUTE_S) })
}

function isKnown(key: string): key is keyof typeof PROBLEM_MESSAGES {
  return Object.hasOwn(PROBLEM_MESSAGES, key)
}

function isIssue(value: unknown): value is DefinitionIssue {
  return isRecord(value) && typeof value['pointer'] === 'string' && typeof value['message'] === 'string'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
