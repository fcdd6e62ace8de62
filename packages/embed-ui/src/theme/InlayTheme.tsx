import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { mergeMessages, type PartialMessages } from '../messages/messages.js'
import { MessagesContext } from '../messages/useTexts.js'
import { ToastProvider } from '../ui/Toast.js'
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
  /** BCP 47 tag for numbers, dates and plurals. @default the browser's language */
  readonly locale?: string
  /** Fills the height of its container instead of growing with its content. @default false */
  readonly fill?: boolean
  readonly children: ReactNode
}

const NO_APPEARANCE: Appearance = {}

/** Root of everything that Inlay draws: sets the design tokens, texts and toasts for its children. */
export function InlayTheme({ appearance = NO_APPEARANCE, messages, locale, fill = false, children }: InlayThemeProps) {
  const [portal, setPortal] = useState<HTMLElement | null>(null)
  const texts = useMemo(
    () => ({ messages: mergeMessages(messages), locale: locale ?? browserLocale() }),
    [messages, locale],
  )
  return (
    <div
      className={fill ? `${styles['root']} ${styles['fill']}` : styles['root']}
      style={appearanceVariables(appearance)}
      data-inlay-part="root"
      data-color-scheme={appearance.colorScheme ?? 'auto'}
      data-density={appearance.density ?? 'comfortable'}
    >
      <AppearanceContext.Provider value={appearance}>
        <MessagesContext.Provider value={texts}>
          <PortalContainer value={portal}>
            <ToastProvider>
              <div className={styles['content']}>{children}</div>
            </ToastProvider>
          </PortalContainer>
        </MessagesContext.Provider>
      </AppearanceContext.Provider>
      <div ref={setPortal} data-inlay-part="portal" />
    </div>
  )
}

function browserLocale(): string {
  return typeof navigator === 'undefined' ? 'en' : navigator.language
}
