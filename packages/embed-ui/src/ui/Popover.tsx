import { Popover as RadixPopover } from 'radix-ui'
import type { ReactNode } from 'react'
import { usePortalContainer } from '../theme/InlayTheme.js'
import styles from './Overlay.module.css'

export interface PopoverProps {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  /** The element that opens it: one focusable element. */
  readonly trigger: ReactNode
  /** The accessible name of the content. */
  readonly label: string
  /** @default 'bottom' */
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  /** @default 'start' */
  readonly align?: 'start' | 'center' | 'end'
  /** Where focus goes when it opens is decided by the content when this is true. @default false */
  readonly keepFocus?: boolean
  /** Whether `trigger` opens by click; else it only anchors. @default true */
  readonly opensOnClick?: boolean
  readonly children: ReactNode
}

/** A floating box beside its trigger; closes on Escape and on clicks elsewhere. */
export function Popover(props: PopoverProps) {
  const { isOpen, onOpenChange, trigger, label, side = 'bottom', align = 'start', keepFocus = false } = props
  const container = usePortalContainer()
  const Anchor = props.opensOnClick === false ? RadixPopover.Anchor : RadixPopover.Trigger
  return (
    <RadixPopover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Anchor asChild>{trigger}</Anchor>
      <RadixPopover.Portal container={container}>
        <RadixPopover.Content
          className={styles['popover']}
          data-inlay-part="popover"
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={12}
          onOpenAutoFocus={(event) => keepFocus && event.preventDefault()}
        >
          {props.children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  )
}
