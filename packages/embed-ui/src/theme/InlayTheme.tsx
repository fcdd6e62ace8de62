import { Direction } from 'radix-ui'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { directionOf } from '../messages/direction.js'
import { ENGLISH, type PartialMessages } from '../messages/messages.js'
import { useMessages } from '../messages/useMessages.js'
import { MessagesContext } from '../messages/useTexts.js'
import { ToastProvider } from '../ui/Toast.js'
import { browserLocale } from './browser-locale.js'
import { PortalContainer } from './portal-container.js'
import styles from './theme.module.css'
import { type Appearance, appearanceVariables } from './tokens.js'

const AppearanceContext = createContext<Appearance>({})

/** The appearance in force. */
export function useAppearance(): Appearance {
  return useContext(AppearanceContext)
}

export interface InlayThemeProps {
  readonly appearance?: Appearance
  readonly messages?: PartialMessages
  /** BCP 47 tag: the language of texts, numbers and dates, and the direction of writing. @default the browser's language */
  readonly locale?: string
  /** Fills the height of its container instead of growing with its content. @default false */
  readonly fill?: boolean
  readonly children: ReactNode
}

const NO_APPEARANCE: Appearance = {}

/** Root of everything that Inlay draws: sets the design tokens, texts and toasts for its children. */
export function InlayTheme(props: InlayThemeProps) {
  const { appearance = NO_APPEARANCE, fill = false } = props
  const [portal, setPortal] = useState<HTMLElement | null>(null)
  const locale = props.locale ?? browserLocale()
  const messages = useMessages(locale, props.messages)
  const texts = useMemo(() => ({ messages: messages ?? ENGLISH, locale }), [messages, locale])
  const direction = directionOf(locale)
  return (
    <div
      className={fill ? `${styles['root']} ${styles['fill']}` : styles['root']}
      style={appearanceVariables(appearance)}
      lang={locale}
      dir={direction}
      data-inlay-part="root"
      data-color-scheme={appearance.colorScheme ?? 'auto'}
      data-density={appearance.density ?? 'comfortable'}
    >
      <Direction.Provider dir={direction}>
        <AppearanceContext.Provider value={appearance}>
          <MessagesContext.Provider value={texts}>
            <PortalContainer value={portal}>
              <ToastProvider>
                {/* Nothing is said in another language first. */}
                <div className={styles['content']}>{messages === undefined ? null : props.children}</div>
              </ToastProvider>
            </PortalContainer>
          </MessagesContext.Provider>
        </AppearanceContext.Provider>
      </Direction.Provider>
      <div ref={setPortal} data-inlay-part="portal" />
    </div>
  )
}
