import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useDirection } from '../messages/useTexts.js'
import styles from './Layout.module.css'

export interface Tab<Id extends string> {
  readonly id: Id
  readonly label: ReactNode
  readonly icon?: ReactNode
}

export interface TabsProps<Id extends string> {
  readonly label: string
  readonly tabs: readonly Tab<Id>[]
  readonly selected: Id
  readonly onSelect: (id: Id) => void
}

/** A row of tabs; the page draws what belongs to the selected one. Arrow keys move. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect }: TabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null)
  const forward = useDirection() === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
    const step = event.key === forward ? 1 : -1
    event.preventDefault()
    const index = tabs.findIndex(({ id }) => id === selected)
    const nextIndex = (index + step + tabs.length) % tabs.length
    const next = tabs[nextIndex]
    if (next === undefined) return
    onSelect(next.id)
    list.current?.querySelectorAll<HTMLButtonElement>('[role=tab]')[nextIndex]?.focus()
  }
  return (
    <div
      ref={list}
      className={styles['tabs']}
      role="tablist"
      aria-label={label}
      onKeyDown={move}
      data-inlay-part="tabs"
    >
      {tabs.map(({ id, label: text, icon }) => (
        <button
          key={id}
          type="button"
          role="tab"
          className={styles['tab']}
          aria-selected={id === selected}
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {icon}
          <span>{text}</span>
        </button>
      ))}
    </div>
  )
}
