import { X } from 'lucide-react'
import { type ReactNode, useContext } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { EmptyState, type EmptyStateProps } from '../ui/Feedback.js'
import { Card, PageHeader } from '../ui/Layout.js'
import { LoadFailed } from '../ui/LoadFailed.js'
import { TableSkeleton } from '../ui/Table.js'
import { WidgetContext } from './widget-context.js'
import styles from './widget-page.module.css'

export interface WidgetPageProps {
  /** For hosts' styles: `data-inlay-part`. */
  readonly part: string
  readonly title: string
  readonly description: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The room of a widget: its heading, its main action, and what it lists. */
export function WidgetPage({ part, title, description, actions, children }: WidgetPageProps) {
  const t = useTexts()
  const { onClose } = useContext(WidgetContext)
  return (
    <div className={styles['page']} data-inlay-part={part}>
      <div className={styles['column']}>
        <PageHeader
          title={title}
          description={description}
          actions={
            <>
              {actions}
              {onClose !== undefined && (
                <IconButton label={t('widget.close')} onClick={onClose}>
                  <X size={17} />
                </IconButton>
              )}
            </>
          }
        />
        {children}
      </div>
    </div>
  )
}

export interface ListStatesProps {
  readonly query: { readonly isPending: boolean; readonly error: unknown; refetch(): unknown }
  readonly isEmpty: boolean
  readonly empty: EmptyStateProps
  /** @default rows of a table */
  readonly skeleton?: ReactNode
  readonly children: ReactNode
}

/** A list that may still load, may have failed, or may have nothing in it. */
export function ListStates({ query, isEmpty, empty, skeleton, children }: ListStatesProps) {
  const t = useTexts()
  if (query.isPending) {
    return (
      skeleton ?? (
        <Card isPadded={false}>
          <TableSkeleton />
        </Card>
      )
    )
  }
  if (query.error !== null && isEmpty) {
    return <LoadFailed title={t('widget.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
  }
  if (!isEmpty) return children
  return (
    <Card isPadded={false}>
      <EmptyState {...empty} />
    </Card>
  )
}
