import { ChevronRight, LayoutGrid } from 'lucide-react'
import { memo } from 'react'
import { ConnectorIcon, LogicIcon } from '../canvas/ConnectorIcon.js'
import styles from './CatalogMenu.module.css'
import type { CatalogRow } from './rows.js'

export interface CatalogRowViewProps {
  readonly row: CatalogRow
  readonly rowId: string
  readonly index: number
  readonly isActive: boolean
  readonly startsGroup: boolean
  readonly onChoose: (row: CatalogRow) => void
  readonly onHover: (index: number) => void
}

/** One line of the menu. The search field keeps the focus and handles the keys. */
export const CatalogRowView = memo(function CatalogRowView(props: CatalogRowViewProps) {
  const { row, rowId, index, isActive, startsGroup, onChoose, onHover } = props
  return (
    <>
      {startsGroup && (
        <div className={styles['group']} role="presentation">
          {row.group}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the search field, which keeps the focus */}
      <div
        id={rowId}
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        data-index={index}
        data-choice={row.id}
        data-kind={row.kind}
        className={styles['choice']}
        onClick={() => onChoose(row)}
        onPointerMove={() => onHover(index)}
      >
        <RowIcon row={row} />
        <span className={styles['words']}>
          <span className={styles['title']}>{row.title}</span>
          <span className={styles['description']} dir="auto">
            {row.description}
          </span>
        </span>
        {(row.kind === 'app' || row.kind === 'all') && (
          <ChevronRight size={15} className={styles['into']} aria-hidden="true" data-mirror />
        )}
      </div>
    </>
  )
})

function RowIcon({ row }: { readonly row: CatalogRow }) {
  switch (row.kind) {
    case 'logic':
      return <LogicIcon kind={row.logic} size={30} />
    case 'all':
      return (
        <span className={styles['allIcon']} aria-hidden="true">
          <LayoutGrid size={16} />
        </span>
      )
    default:
      return <ConnectorIcon connector={row.app} size={30} />
  }
}
