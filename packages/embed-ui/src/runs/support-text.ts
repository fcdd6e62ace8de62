import type { Run, StepRun } from '../data/run-types.js'
import type { Texts } from '../messages/useTexts.js'

/** What is told to support. */
export interface SupportFacts {
  readonly run: Run
  /** The step that broke it. */
  readonly step: StepRun | undefined
  readonly stepName: string | undefined
}

/** A run in lines for a message to support: ids, times and the kind of error, and nothing of its data. */
export function supportText({ run, step, stepName }: SupportFacts, t: Texts): string {
  const error = run.error ?? step?.error ?? null
  const lines: readonly (readonly [string, string | undefined])[] = [
    [t('share.run'), run.id],
    [t('share.workflow'), run.workflowId],
    [
      t('share.version'),
      run.versionNumber === null ? t('share.testVersion') : `${run.versionNumber} (${run.versionId})`,
    ],
    [t('share.status'), run.status],
    [t('share.started'), run.startedAt ?? run.createdAt],
    [t('share.ended'), run.finishedAt ?? undefined],
    [
      t('share.step'),
      step === undefined ? undefined : `${stepName ?? step.stepId} (${step.stepPath} #${step.iteration})`,
    ],
    [t('share.error'), error?.kind],
    [t('share.request'), requestIdOf(error?.data)],
  ]
  return lines.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`])).join('\n')
}

const REQUEST_FIELDS = ['requestId', 'request_id', 'status', 'code'] as const

/** What a service said its answer was, as far as that names no data. */
function requestIdOf(data: NonNullable<Run['error']>['data']): string | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined
  // No list, so an object.
  const fields = data as Readonly<Record<string, unknown>>
  const told = REQUEST_FIELDS.flatMap((name) => {
    const value = fields[name]
    return typeof value === 'string' || typeof value === 'number' ? [`${name} ${value}`] : []
  })
  return told.length === 0 ? undefined : told.join(', ')
}
