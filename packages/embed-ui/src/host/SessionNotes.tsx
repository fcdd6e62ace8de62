import { problemText } from '../data/api-error.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import styles from './host.module.css'
import type { SignedIn } from './useSignIn.js'

/** In place of a widget that nobody could be signed in to. */
export function SignInProblem({ problem, isBusy, retry }: SignedIn) {
  const t = useTexts()
  return (
    <div className={styles['message']}>
      <Callout
        tone="danger"
        title={t('session.failed')}
        actions={
          <Button isBusy={isBusy} onClick={retry}>
            {t('ui.retry')}
          </Button>
        }
      >
        {problem !== undefined && problemText(problem, t)}
      </Callout>
    </div>
  )
}

/** Above a widget whose session has ended; what is below stays as it is. */
export function ExpiredBanner({ problem, isBusy, retry }: SignedIn) {
  const t = useTexts()
  return (
    <div className={styles['banner']}>
      <Callout
        tone="warning"
        title={t('session.expired')}
        actions={
          <Button size="small" isBusy={isBusy} onClick={retry}>
            {t('session.reconnect')}
          </Button>
        }
      >
        {problem === undefined ? t('session.expiredText') : problemText(problem, t)}
      </Callout>
    </div>
  )
}
