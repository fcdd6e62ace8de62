import { Popover as RadixPopover } from 'radix-ui'
import { type ReactNode, type RefObject, useRef } from 'react'
import { usePortalContainer } from '../theme/portal-container.js'
import { focusedIn, giveBackFocus } from './focus.js'
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
  /** What the content stands beside, with the trigger inside, which then opens and closes it itself. @default the trigger */
  readonly anchor?: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** A floating box beside its trigger; closes on Escape and on clicks elsewhere. */
export function Popover(props: PopoverProps) {
  const { isOpen, onOpenChange, trigger, label, side = 'bottom', align = 'start', keepFocus = false, anchor } = props
  const container = usePortalContainer()
  const before = useRef<HTMLElement | null>(null)
  return (
    <RadixPopover.Root open={isOpen} onOpenChange={onOpenChange}>
      {anchor === undefined ? (
        <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      ) : (
        <>
          {/* Radix reads the reference only while the content is open, when the anchor is there. */}
          <RadixPopover.Anchor virtualRef={anchor as RefObject<HTMLElement>} />
          {trigger}
        </>
      )}
      <RadixPopover.Portal container={container}>
        <RadixPopover.Content
          className={styles['popover']}
          data-inlay-part="popover"
          data-sheet
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={12}
          onInteractOutside={(event) => {
            const isAnchor = event.target instanceof Node && anchor?.current?.contains(event.target) === true
            if (isAnchor) event.preventDefault()
          }}
          onEscapeKeyDown={(event) => event.isComposing && event.preventDefault()}
          onOpenAutoFocus={(event) => {
            if (anchor?.current != null) before.current = focusedIn(anchor.current)
            if (keepFocus) event.preventDefault()
          }}
          onCloseAutoFocus={(event) => {
            // Without a trigger of its own Radix would leave the focus nowhere.
            if (anchor === undefined) return
            event.preventDefault()
            giveBackFocus(before.current)
          }}
        >
          {props.children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  )
}
