import type { TestDifference } from '../data/api-types.js'
import type { Texts } from '../messages/useTexts.js'

const MAX_VALUE_CHARACTERS = 120

/** What a test found different, in one sentence. @param nameOf gives what a step is called */
export function differenceText(difference: TestDifference, nameOf: (stepId: string) => string, t: Texts): string {
  switch (difference.kind) {
    case 'invalid':
      return t('tests.invalid', { message: difference.message })
    case 'status': {
      const { error } = difference
      if (error === null) return t(difference.actual === 'failed' ? 'tests.failed' : 'tests.ended')
      const step = error.stepId === null ? '' : nameOf(error.stepId)
      return step === '' ? t('tests.broke', { reason: error.title }) : t('tests.brokeAt', { step, reason: error.title })
    }
    case 'missing':
      return t('tests.missing', { step: nameOf(difference.stepId) })
    case 'unexpected':
      return t('tests.unexpected', { step: nameOf(difference.stepId) })
    case 'unknown':
      return t('tests.unknown', { step: nameOf(difference.stepId) })
    case 'output':
      return t('tests.output', {
        step: nameOf(difference.stepId),
        expected: short(difference.expected),
        actual: short(difference.actual),
      })
  }
}

function short(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text
}
