import { useTexts } from '../messages/useTexts.js'
import { LoadFailed, type LoadFailedProps } from '../ui/LoadFailed.js'
import styles from './runs.module.css'

/** In place of a run that could not be loaded: why, and the way to try again. */
export function LoadFailure({ error, onRetry }: Omit<LoadFailedProps, 'title'>) {
  const t = useTexts()
  return (
    <div className={styles['failure']}>
      <LoadFailed title={t('run.loadFailed')} error={error} onRetry={onRetry} />
    </div>
  )
}
