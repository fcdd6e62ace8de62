import type { ReactNode } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { classNames } from './class-names.js'
import { Skeleton } from './Feedback.js'
import styles from './Layout.module.css'
import { VisuallyHidden } from './VisuallyHidden.js'

export interface Column<Row> {
  readonly id: string
  readonly header: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** @default 'start' */
  readonly align?: 'start' | 'end'
  /** CSS width; by default as the content needs. */
  readonly width?: string
  /** Left out where there is little room for another column. @default false */
  readonly isSecondary?: boolean
  /** Heads the block that a row becomes on a narrow screen. @default false */
  readonly isTitle?: boolean
  /** Said before the value in such a block, for values that do not speak for themselves. */
  readonly narrowLabel?: string | ((row: Row) => string | undefined)
  /** The header is only for screen readers. @default false */
  readonly isHeaderHidden?: boolean
}

export interface TableProps<Row> {
  /** What the table lists, for screen readers. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Makes rows clickable; the first cell should hold a real link or button too. */
  readonly onRowClick?: (row: Row) => void
}

/** A table of records; on a narrow screen each row becomes a block. */
export function Table<Row>({ label, columns, rows, rowKey, onRowClick }: TableProps<Row>) {
  return (
    <div className={styles['tableWrap']} data-inlay-part="table">
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ id, header, align, width, isSecondary, isHeaderHidden }) => (
              <th
                key={id}
                scope="col"
                data-align={align}
                data-secondary={isSecondary === true || undefined}
                style={width === undefined ? undefined : { width }}
              >
                {isHeaderHidden === true ? <VisuallyHidden>{header}</VisuallyHidden> : header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow key={rowKey(row)} row={row} columns={columns} onRowClick={onRowClick} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const SKELETON_WIDTHS = ['38%', '52%', '44%', '60%', '35%'] as const

/** Stands where a table will be while its records load. */
export function TableSkeleton() {
  const t = useTexts()
  return (
    <div className={styles['tableSkeleton']} role="status" aria-label={t('ui.loading')}>
      {SKELETON_WIDTHS.map((width) => (
        <div key={width}>
          <Skeleton width={width} />
          <Skeleton width="12%" />
        </div>
      ))}
    </div>
  )
}

interface TableRowProps<Row> {
  readonly row: Row
  readonly columns: readonly Column<Row>[]
  readonly onRowClick: ((row: Row) => void) | undefined
}

function TableRow<Row>({ row, columns, onRowClick }: TableRowProps<Row>) {
  return (
    <tr
      className={classNames(onRowClick !== undefined && styles['clickable'])}
      onClick={
        onRowClick === undefined
          ? undefined
          : (event) => {
              // Links and buttons in the row act for themselves.
              const isOwnControl = event.target instanceof Element && event.target.closest('a, button, input, select')
              // Who selects text to copy it does not mean to go anywhere.
              const isReading = window.getSelection()?.type === 'Range'
              if ((isOwnControl === null || isOwnControl === false) && !isReading) onRowClick(row)
            }
      }
    >
      {columns.map(({ id, cell, align, isSecondary, isTitle, narrowLabel }) => (
        <td
          key={id}
          data-align={align}
          data-secondary={isSecondary === true || undefined}
          data-title={isTitle === true || undefined}
          data-label={typeof narrowLabel === 'function' ? narrowLabel(row) : narrowLabel}
        >
          {cell(row)}
        </td>
      ))}
    </tr>
  )
}
