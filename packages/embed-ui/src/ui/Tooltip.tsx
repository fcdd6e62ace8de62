import { Tooltip as RadixTooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { usePortalContainer } from '../theme/portal-container.js'
import styles from './Overlay.module.css'

export interface TooltipProps {
  readonly text: string
  /** A key combination, shown after the text. */
  readonly shortcut?: string
  /** One focusable element. */
  readonly children: ReactNode
}

/** A short explanation on hover and focus. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  const container = usePortalContainer()
  return (
    <RadixTooltip.Provider delayDuration={450}>
      <RadixTooltip.Root>
        <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
        <RadixTooltip.Portal container={container}>
          <RadixTooltip.Content className={styles['tooltip']} sideOffset={6} collisionPadding={8}>
            {text}
            {shortcut !== undefined && <kbd className={styles['shortcut']}>{shortcut}</kbd>}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  )
}
