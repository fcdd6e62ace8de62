import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { usePortalContainer } from '../theme/portal-container.js'
import styles from './Overlay.module.css'

export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly icon?: ReactNode
  readonly shortcut?: string
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  /** Draws a line above. */
  readonly startsGroup?: boolean
  readonly onSelect: () => void
}

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode
  readonly items: readonly MenuItem[]
  /** @default 'end' */
  readonly align?: 'start' | 'center' | 'end'
  /** Whether it is open; without it the menu keeps track itself. */
  readonly isOpen?: boolean
  readonly onOpenChange?: (isOpen: boolean) => void
}

/** A menu of commands behind a button. */
export function Menu({ trigger, items, align = 'end', isOpen, onOpenChange }: MenuProps) {
  const container = usePortalContainer()
  return (
    <DropdownMenu.Root
      modal={false}
      {...(isOpen === undefined ? {} : { open: isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          className={styles['menu']}
          data-inlay-part="menu"
          align={align}
          sideOffset={5}
          collisionPadding={12}
        >
          {items.map((item) => (
            <MenuRow key={item.id} {...item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function MenuRow({ label, icon, shortcut, isDanger, isDisabled, startsGroup, onSelect }: MenuItem) {
  return (
    <>
      {startsGroup === true && <DropdownMenu.Separator className={styles['separator']} />}
      <DropdownMenu.Item
        className={styles['menuItem']}
        data-danger={isDanger === true || undefined}
        disabled={isDisabled === true}
        onSelect={onSelect}
      >
        <span className={styles['menuIcon']}>{icon}</span>
        <span className={styles['menuLabel']}>{label}</span>
        {shortcut !== undefined && <kbd className={styles['shortcut']}>{shortcut}</kbd>}
      </DropdownMenu.Item>
    </>
  )
}
