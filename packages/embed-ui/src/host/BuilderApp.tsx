import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { LinkProvider, type LinkTo } from '../links/link-context.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { useBrandedTheme } from '../theme/useBrandedTheme.js'
import { LoadingState } from '../ui/Spinner.js'
import { CrashBoundary } from './CrashBoundary.js'
import type { BuilderController } from './controller.js'
import { CspNonceContext } from './csp-nonce.js'
import type { EmbedSession } from './embed-session.js'
import styles from './host.module.css'
import { ExpiredBanner, SignInProblem } from './SessionNotes.js'
import { type SignedIn, useSignIn } from './useSignIn.js'
import { WidgetPages } from './WidgetPages.js'
import { WidgetContext } from './widget-context.js'

export interface BuilderAppProps {
  readonly controller: BuilderController
  readonly session: EmbedSession
  /** The nonce of the page's Content-Security-Policy. */
  readonly cspNonce?: string | undefined
  /** Where the host shows a path; asked only when the setting `hasLinks` says that there is an answer. */
  readonly linkTo: LinkTo
  /** Shown until the session has begun. @default a spinner */
  readonly fallback?: ReactNode
}

/** A whole widget: signs in, then shows what the path says. */
export function BuilderApp(props: BuilderAppProps) {
  const { isDestroyed } = useStore(props.controller.store)
  return isDestroyed ? null : <Widget {...props} />
}

function Widget({ controller, session, fallback, cspNonce, linkTo }: BuilderAppProps) {
  const { settings } = useStore(controller.store)
  const signIn = useSignIn(controller, session)
  const theme = useBrandedTheme(settings, signIn.me?.tenant.brand)
  const { widget = 'builder', height = 'fill' } = settings
  return (
    <div className={styles['guard']}>
      <InlayTheme fill={height !== 'auto' || widget === 'builder'} {...theme}>
        <CrashBoundary events={controller.events}>
          <CspNonceContext.Provider value={cspNonce}>
            <LinkProvider value={settings.hasLinks === true ? linkTo : undefined}>
              <Room controller={controller} session={session} fallback={fallback} signIn={signIn} />
            </LinkProvider>
          </CspNonceContext.Provider>
        </CrashBoundary>
      </InlayTheme>
    </div>
  )
}

interface RoomProps extends Omit<BuilderAppProps, 'cspNonce' | 'linkTo'> {
  readonly signIn: SignedIn
}

/** What is inside the theme: never taken away while somebody is signed in, so that no edit is lost. */
function Room({ controller, session, fallback, signIn }: RoomProps) {
  const room = useRef<HTMLDivElement>(null)
  const { closable = false } = useStore(controller.store).settings
  const { events, setFocus } = controller
  useEffect(() => {
    setFocus(() => room.current?.focus())
    return () => setFocus(null)
  }, [setFocus])
  const surroundings = useMemo(
    () => ({ onClose: closable ? () => events.emit('close.requested', {}) : undefined }),
    [closable, events],
  )
  const { me, problem, isExpired } = signIn
  return (
    <div ref={room} className={styles['app']} tabIndex={-1}>
      {me === undefined ? (
        problem === undefined ? (
          (fallback ?? <LoadingState />)
        ) : (
          <SignInProblem {...signIn} />
        )
      ) : (
        <WidgetContext.Provider value={surroundings}>
          {isExpired && <ExpiredBanner {...signIn} />}
          <WidgetPages controller={controller} session={session} me={me} />
        </WidgetContext.Provider>
      )}
    </div>
  )
}
