import type { ErrorRecord } from '@inlay/engine'
import type { Texts } from '../messages/useTexts.js'
import { evaluationWords } from './evaluation-words.js'

/** Why a step failed, in the language of the widget, and what was said of it elsewhere. */
export interface FailureWords {
  readonly title: string
  /** In the words of a service, a connector or the engine; undefined when the title says it all. */
  readonly said: { readonly title: string; readonly detail: string | undefined } | undefined
}

/** What is known of a failure. */
export type FailedFor = Pick<ErrorRecord, 'kind' | 'title' | 'detail' | 'data'>

/** Puts the failure of a step in words: by its code where there is one, else by its kind with what was said of it. */
export function failureWords({ kind, title, detail, data }: FailedFor, t: Texts): FailureWords {
  const told = evaluationWords(data, t)
  if (told !== undefined) return { title: told, said: undefined }
  return { title: t(`failure.kind.${kind}`), said: { title, detail } }
}

/** `failureWords` as one line. */
export function failureLine(error: FailedFor, t: Texts): string {
  const { title, said } = failureWords(error, t)
  return said === undefined ? title : t('issue.of', { name: title, text: said.title })
}

/** The expression that could not be worked out, when that is what failed. */
export function failedExpression(data: ErrorRecord['data']): string | undefined {
  if (typeof data !== 'object' || data === null || !('expression' in data)) return undefined
  // Checked above: an object with that field.
  const { expression } = data as { readonly expression: unknown }
  return typeof expression === 'string' ? expression : undefined
}
