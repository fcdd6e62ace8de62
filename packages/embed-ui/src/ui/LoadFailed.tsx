import { problemText, readProblem } from '../data/api-error.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from './Button.js'
import { Callout } from './Feedback.js'

export interface LoadFailedProps {
  readonly title: string
  readonly error: unknown
  readonly onRetry: () => void
}

/** In place of what could not be loaded: why, and the way to try again. */
export function LoadFailed({ title, error, onRetry }: LoadFailedProps) {
  const t = useTexts()
  return (
    <Callout tone="danger" title={title} actions={<Button onClick={onRetry}>{t('ui.retry')}</Button>}>
      {problemText(readProblem(error), t)}
    </Callout>
  )
}
