import type { DefinitionIssue } from '@inlay/engine'
import type { MessageKey } from '../messages/messages.js'
import { aroundSaid, SAID } from '../messages/said.js'
import type { Texts } from '../messages/useTexts.js'
import { issueWords, isWorded } from '../problems/issue-words.js'
import { problemKey } from './problem-words.js'

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

/** A problem in the language of the widget, with what somebody else said of it between the two halves. */
export interface ProblemParts {
  readonly before: string
  /** In the words of a service or its connector, in whatever language; empty when nothing is quoted. */
  readonly said: string
  readonly after: string
}

/** What is said of a problem by its code; a code that is not known here gives a general sentence that names it. */
export function problemParts(problem: ApiProblem, t: Texts): ProblemParts {
  const { code, retryAfterSeconds } = problem
  const key = keyOf(problem)
  const isStep = code.startsWith('step.')
  const text = isStep
    ? t('issue.of', { name: t(key), text: SAID })
    : t(key, { detail: SAID, code, time: waitingTime(retryAfterSeconds, t) })
  const { before, after } = aroundSaid(text)
  const found = [before, ...issuesSaid(problem, t)].join(' ')
  if (after === undefined) return { before: found, said: '', after: '' }
  return { before, said: isStep ? englishText(problem) : (problem.detail ?? problem.title), after }
}

/** `problemParts` as one line. */
export function problemText(problem: ApiProblem, t: Texts): string {
  const { before, said, after } = problemParts(problem, t)
  return `${before}${said}${after}`
}

/** One line about a problem as the server says it, for whoever develops the page around the widget. */
export function englishText({ title, detail }: ApiProblem): string {
  return detail === undefined || detail === title ? title : `${title}. ${detail}`.replace('.. ', '. ')
}

/** What browsers and the client say when no answer came; other errors without a status were never sent. */
const LOST = /fetch|network|load failed|connection|timed? ?out|did not answer/i

const MINUTE_S = 60

function waitingTime(seconds = MINUTE_S, t: Texts): string {
  return seconds < MINUTE_S
    ? t('durationWords.s', { count: seconds })
    : t('durationWords.m', { count: Math.ceil(seconds / MINUTE_S) })
}

function keyOf({ code, title }: ApiProblem): MessageKey {
  if (code === 'network' && !LOST.test(title)) return 'problem.unsent'
  return problemKey(code) ?? 'problem.other'
}

const MOST_ISSUES = 3

/** What is wrong with single fields, as far as the server says it by codes. */
function issuesSaid({ code, issues }: ApiProblem, t: Texts): readonly string[] {
  if (code !== 'request.invalid') return []
  const context = { t, stepNames: () => undefined }
  const said = issues.flatMap((issue) => {
    const { details = {} } = issue
    // A field that only newer servers know is nobody's mistake who reads this.
    const isSaid = isWorded(issue.code) && issue.code !== 'field.unknown'
    return isSaid ? [issueWords({ ...issue, details }, context)] : []
  })
  return [...new Set(said)].slice(0, MOST_ISSUES)
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
