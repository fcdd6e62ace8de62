import type { DefinitionIssue } from '@inlay/engine'

/** A failed call in words for people. */
export interface ApiProblem {
  /** Stable and dotted, for example `workflow.not_found`; `network` when no answer came. */
  readonly code: string
  readonly title: string
  readonly detail: string | undefined
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly issues: readonly DefinitionIssue[]
}

/** Reads what a client threw: an error of the SDK, a tRPC error, or one of the network. */
export function readProblem(error: unknown): ApiProblem {
  const fields = isRecord(error) ? error : {}
  // tRPC keeps our fields under `data`; the SDK's errors carry them on themselves.
  const data = isRecord(fields['data']) && 'code' in fields['data'] ? fields['data'] : fields
  const status = number(data['httpStatus']) ?? number(data['status']) ?? 0
  const title = text(data['title']) ?? text(fields['message']) ?? String(error)
  return {
    code: status === 0 ? 'network' : (text(data['code']) ?? 'unknown'),
    title,
    detail: text(data['detail']),
    status,
    issues: Array.isArray(data['issues']) ? data['issues'].filter(isIssue) : [],
  }
}

/** Whether the call may simply be tried again later: no answer, or the server was busy. */
export function isTransient({ status }: ApiProblem): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500
}

/** One line about a problem. */
export function problemText({ title, detail }: ApiProblem): string {
  return detail === undefined || detail === title ? title : `${title}. ${detail}`.replace('.. ', '. ')
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
