import type { ReactNode } from 'react'
import { classNames } from './class-names.js'
import styles from './Layout.module.css'

export interface Column<Row> {
  readonly id: string
  readonly header: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** @default 'start' */
  readonly align?: 'start' | 'end'
  /** CSS width; by default as the content needs. */
  readonly width?: string
  /** Left out where the table is narrower than about 640 px. @default false */
  readonly isSecondary?: boolean
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

/** A table of records. */
export function Table<Row>({ label, columns, rows, rowKey, onRowClick }: TableProps<Row>) {
  return (
    <div className={styles['tableWrap']} data-inlay-part="table">
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ id, header, align, width, isSecondary }) => (
              <th
                key={id}
                scope="col"
                data-align={align}
                data-secondary={isSecondary === true || undefined}
                style={width === undefined ? undefined : { width }}
              >
                {header}
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
              if (isOwnControl === null || isOwnControl === false) onRowClick(row)
            }
      }
    >
      {columns.map(({ id, cell, align, isSecondary }) => (
        <td key={id} data-align={align} data-secondary={isSecondary === true || undefined}>
          {cell(row)}
        </td>
      ))}
    </tr>
  )
}
