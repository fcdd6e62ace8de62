import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { problemText, readProblem } from '../data/api-error.js'
import type { Me } from '../data/api-types.js'
import type { WorkflowEditorProps } from '../editor/WorkflowEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { useBrandedTheme } from '../theme/useBrandedTheme.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { fetched } from '../ui/fetched.js'
import { LoadingState } from '../ui/Spinner.js'
import { WorkflowList } from '../workflows/WorkflowList.js'
import { CrashBoundary } from './CrashBoundary.js'
import type { BuilderController } from './controller.js'
import type { EmbedSession } from './embed-session.js'
import styles from './host.module.css'
import { readPath, writePath } from './paths.js'

const WorkflowEditor = fetched<WorkflowEditorProps>(
  async () => (await import('../editor/WorkflowEditor.js')).WorkflowEditor,
)

export interface BuilderAppProps {
  readonly controller: BuilderController
  readonly session: EmbedSession
  /** Shown until the session has begun. @default a spinner */
  readonly fallback?: ReactNode
}

/** The whole widget: signs in, then shows what the path says. */
export function BuilderApp(props: BuilderAppProps) {
  const { isDestroyed } = useStore(props.controller.store)
  return isDestroyed ? null : <Widget {...props} />
}

function Widget({ controller, session, fallback }: BuilderAppProps) {
  const { settings } = useStore(controller.store)
  const signIn = useSignIn(controller, session)
  const theme = useBrandedTheme(settings, signIn.me?.tenant.brand)
  return (
    <InlayTheme fill {...theme}>
      <CrashBoundary events={controller.events}>
        <SignedIn controller={controller} session={session} fallback={fallback} signIn={signIn} />
      </CrashBoundary>
    </InlayTheme>
  )
}

interface SignedInProps extends BuilderAppProps {
  readonly signIn: ReturnType<typeof useSignIn>
}

function SignedIn({ controller, session, fallback, signIn }: SignedInProps) {
  const { me, problem, isExpired, retry } = signIn
  if (problem !== undefined) return <SignInProblem text={problem} onRetry={retry} />
  if (me === undefined) return fallback ?? <LoadingState />
  return (
    <div className={styles['app']}>
      {isExpired && <ExpiredBanner onRetry={retry} />}
      <Pages controller={controller} session={session} me={me} />
    </div>
  )
}

function useSignIn({ settle, events }: BuilderController, session: EmbedSession) {
  const [me, setMe] = useState<Me>()
  const [problem, setProblem] = useState<string>()
  const [isExpired, setExpired] = useState(false)
  const start = useCallback(() => {
    setProblem(undefined)
    session.start().then(
      (found) => {
        setMe(found)
        setExpired(false)
        settle()
      },
      (error: unknown) => {
        const found = readProblem(error)
        setProblem(problemText(found))
        settle({ code: found.code, message: problemText(found), retryable: true })
      },
    )
  }, [session, settle])
  useEffect(start, [start])
  useEffect(() => events.on('session.expired', () => setExpired(true)), [events])
  return { me, problem, isExpired, retry: start }
}

interface RetryProps {
  readonly onRetry: () => void
}

function SignInProblem({ text, onRetry }: RetryProps & { readonly text: string }) {
  const t = useTexts()
  return (
    <div className={styles['message']}>
      <Callout tone="danger" title={t('session.failed')} actions={<Button onClick={onRetry}>{t('ui.retry')}</Button>}>
        {text}
      </Callout>
    </div>
  )
}

function ExpiredBanner({ onRetry }: RetryProps) {
  const t = useTexts()
  return (
    <div className={styles['banner']}>
      <Callout
        tone="warning"
        title={t('session.expired')}
        actions={
          <Button size="small" onClick={onRetry}>
            {t('session.reconnect')}
          </Button>
        }
      >
        {t('session.expiredText')}
      </Callout>
    </div>
  )
}

function Pages({ controller, session, me }: Pick<BuilderAppProps, 'controller' | 'session'> & { readonly me: Me }) {
  const { path, settings } = useStore(controller.store)
  const where = readPath(path)
  const { readOnly = false, features } = settings
  if (where.page === 'workflows') {
    return (
      <WorkflowList
        client={session.client}
        me={me}
        isReadOnly={readOnly}
        events={controller.events}
        onOpen={(workflowId) =>
          controller.moved(writePath({ page: 'workflow', workflowId, place: { view: 'builder' } }))
        }
      />
    )
  }
  return (
    <WorkflowEditor
      client={session.client}
      workflowId={where.workflowId}
      place={where.place}
      onPlaceChange={(place) => controller.moved(writePath({ ...where, place }))}
      readOnly={readOnly}
      onBack={() => controller.moved('/workflows')}
      events={controller.events}
      handle={controller.setEditor}
      {...(features === undefined ? {} : { features })}
    />
  )
}
