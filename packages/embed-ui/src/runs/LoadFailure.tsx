import { problemText, readProblem } from '../data/api-error.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import styles from './runs.module.css'

export interface LoadFailureProps {
  readonly error: unknown
  readonly onRetry: () => void
}

/** In place of a run that could not be loaded: why, and the way to try again. */
export function LoadFailure({ error, onRetry }: LoadFailureProps) {
  const t = useTexts()
  return (
    <div className={styles['failure']}>
      <Callout tone="danger" title={t('run.loadFailed')} actions={<Button onClick={onRetry}>{t('ui.retry')}</Button>}>
        {problemText(readProblem(error), t)}
      </Callout>
    </div>
  )
}
