import { ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import styles from './Layout.module.css'

export interface CardProps {
  /** @default true */
  readonly isPadded?: boolean
  readonly children: ReactNode
}

/** A raised box. Use `isPadded={false}` around a table. */
export function Card({ isPadded = true, children }: CardProps) {
  return (
    <section className={styles['card']} data-padded={isPadded || undefined} data-inlay-part="card">
      {children}
    </section>
  )
}

export interface PageHeaderProps {
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly actions?: ReactNode
}

/** Title, one sentence and main actions of a page. */
export function PageHeader({ title, description, actions }: PageHeaderProps) {
  return (
    <header className={styles['pageHeader']}>
      <div>
        <h1 className={styles['pageTitle']}>{title}</h1>
        {description !== undefined && <p className={styles['pageDescription']}>{description}</p>}
      </div>
      {actions !== undefined && <div className={styles['pageActions']}>{actions}</div>}
    </header>
  )
}

export interface DisclosureProps {
  readonly title: ReactNode
  /** At the end of the line, for example how many there are. */
  readonly note?: ReactNode
  readonly isInitiallyOpen?: boolean
  /** Behind the line, and no part of the button that it is. */
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** A section that opens and closes. */
export function Disclosure({ title, note, isInitiallyOpen = false, action, children }: DisclosureProps) {
  const [isOpen, setOpen] = useState(isInitiallyOpen)
  const id = useId()
  return (
    <div className={styles['disclosure']}>
      <div className={styles['disclosureHead']}>
        <button
          type="button"
          className={styles['disclosureButton']}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight size={15} aria-hidden="true" data-mirror />
          {title}
          {note !== undefined && <span className={styles['disclosureNote']}>{note}</span>}
        </button>
        {action}
      </div>
      {isOpen && (
        <div id={id} className={styles['disclosureBody']}>
          {children}
        </div>
      )}
    </div>
  )
}

export interface Fact {
  readonly label: ReactNode
  readonly value: ReactNode
}

/** Names and values under each other. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(({ label, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts have no identity of their own and are not reordered
        <FactRow key={index} label={label} value={value} />
      ))}
    </dl>
  )
}

function FactRow({ label, value }: Fact) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}
