import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { readProblem } from '../data/api-error.js'
import type { JsonSchema } from '../data/api-types.js'
import { useTexts } from '../messages/useTexts.js'
import { ProblemText } from '../problems/ProblemText.js'
import { Button, IconButton } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { Spinner } from '../ui/Spinner.js'
import { dependencyValues, dependsOnData, missingFirst } from './dependencies.js'
import type { DynamicForm } from './form-context.js'
import styles from './SchemaForm.module.css'

export interface DynamicFieldsProps {
  readonly path: string
  readonly dynamic: DynamicForm
  /** The control for what the service says; undefined when nobody can be asked before the workflow runs. */
  readonly children: (schema: JsonSchema | undefined) => ReactNode
}

/** A field whose shape the service knows, such as the columns of a sheet. */
export function DynamicFields({ path, dynamic, children }: DynamicFieldsProps) {
  const t = useTexts()
  const { dependsOn = [] } = dynamic.schemas[path] ?? {}
  const missing = missingFirst(dependsOn, dynamic.input)
  const isOpenAtRunTime = dependsOnData(dependsOn, dynamic.input)
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['schema', dynamic.key, path, dependencyValues(dependsOn, dynamic.input)],
    queryFn: () => dynamic.loadSchema(path),
    enabled: missing.length === 0 && !isOpenAtRunTime && !dynamic.needsAccount,
    staleTime: 300_000,
    retry: false,
  })
  if (isOpenAtRunTime) return children(undefined)
  if (dynamic.needsAccount) return <p className={styles['wait']}>{t('form.accountFirst')}</p>
  if (missing.length > 0) {
    return (
      <p className={styles['wait']}>{t('form.chooseFirstText', { names: missing.map(dynamic.nameOf).join(', ') })}</p>
    )
  }
  if (error !== null) {
    return (
      <Callout
        tone="danger"
        title={t('form.fieldsFailed')}
        actions={
          <Button size="small" isBusy={isFetching} onClick={() => void refetch()}>
            {t('ui.retry')}
          </Button>
        }
      >
        <ProblemText problem={readProblem(error)} />
      </Callout>
    )
  }
  if (data === undefined) {
    return (
      <p className={styles['wait']} role="status">
        <Spinner size={14} /> {t('form.loadingFields')}
      </p>
    )
  }
  return (
    <div className={styles['loaded']}>
      {children(data)}
      <IconButton label={t('form.refresh')} size="small" isBusy={isFetching} onClick={() => void refetch()}>
        <RefreshCw size={14} />
      </IconButton>
    </div>
  )
}
