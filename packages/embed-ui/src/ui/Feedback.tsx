import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Feedback.module.css'

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

/** A grey bar where text will be. */
export function Skeleton({
  width = '100%',
  height = 14,
}: {
  readonly width?: number | string
  readonly height?: number
}) {
  return <span className={styles['skeleton']} style={{ width, height }} aria-hidden="true" />
}

const CALLOUT_ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert } as const

export interface CalloutProps {
  readonly tone: keyof typeof CALLOUT_ICONS
  readonly title?: ReactNode
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/** A boxed message within a page. `danger` is announced at once. */
export function Callout({ tone, title, actions, children }: CalloutProps) {
  const Icon = CALLOUT_ICONS[tone]
  return (
    <div
      className={styles['callout']}
      data-tone={tone}
      data-inlay-part="callout"
      role={tone === 'danger' ? 'alert' : undefined}
    >
      <Icon size={16} aria-hidden="true" />
      <div className={styles['calloutBody']}>
        {title !== undefined && <p className={styles['calloutTitle']}>{title}</p>}
        {children !== undefined && <div className={styles['calloutText']}>{children}</div>}
        {actions !== undefined && <div className={styles['calloutActions']}>{actions}</div>}
      </div>
    </div>
  )
}

export interface EmptyStateProps {
  readonly icon?: ReactNode
  readonly title: string
  readonly text?: ReactNode
  readonly actions?: ReactNode
}

/** What a page shows when there is nothing yet: what belongs here and how to begin. */
export function EmptyState({ icon, title, text, actions }: EmptyStateProps) {
  return (
    <div className={styles['empty']} data-inlay-part="empty-state">
      {icon !== undefined && <div className={styles['emptyIcon']}>{icon}</div>}
      <h2 className={styles['emptyTitle']}>{title}</h2>
      {text !== undefined && <p className={styles['emptyText']}>{text}</p>}
      {actions !== undefined && <div className={styles['emptyActions']}>{actions}</div>}
    </div>
  )
}

export interface BadgeProps {
  /** @default 'neutral' */
  readonly tone?: Tone
  readonly icon?: ReactNode
  readonly children: ReactNode
}

/** A short label that classifies what it stands beside. */
export function Badge({ tone = 'neutral', icon, children }: BadgeProps) {
  return (
    <span className={styles['badge']} data-tone={tone} data-inlay-part="badge">
      {icon}
      {children}
    </span>
  )
}
