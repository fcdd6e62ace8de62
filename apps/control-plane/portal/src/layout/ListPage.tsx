import { Button, Card, EmptyState, PageHeader, Table, type TableProps, TableSkeleton } from '@inlay/embed-ui/ui'
import { toApiError } from '@inlay/sdk/client'
import type { ReactNode } from 'react'
import { ErrorPageLink } from './ErrorPageLink.js'
import type { usePages } from './usePages.js'

interface ListPageProps<Row> extends Omit<TableProps<Row>, 'rows'> {
  readonly title: string
  readonly description: string
  readonly actions?: ReactNode
  readonly filters?: ReactNode
  readonly pages: Pick<
    ReturnType<typeof usePages<Row>>,
    'rows' | 'isPending' | 'error' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
  >
  readonly empty: ReactNode
}

/** A page that lists records, with filters above and more on demand below. */
export function ListPage<Row>({ title, description, actions, filters, pages, empty, ...table }: ListPageProps<Row>) {
  return (
    <>
      <PageHeader title={title} description={description} actions={actions} />
      {filters !== undefined && <div className="filters">{filters}</div>}
      <ListBody
        pages={pages}
        empty={empty}
        draw={(rows) => (
          <Card isPadded={false}>
            <Table {...table} rows={rows} />
          </Card>
        )}
      />
    </>
  )
}

interface ListBodyProps<Row> extends Pick<ListPageProps<Row>, 'pages' | 'empty'> {
  readonly draw: (rows: readonly Row[]) => ReactNode
}

/** The records themselves, that they are under way, or why they are not there. */
export function ListBody<Row>({ pages, empty, draw }: ListBodyProps<Row>) {
  if (pages.isPending) {
    return (
      <Card isPadded={false}>
        <TableSkeleton />
      </Card>
    )
  }
  if (pages.error !== null) {
    const error = toApiError(pages.error)
    return <EmptyState title={error.message} text={error.detail} actions={<ErrorPageLink error={error} />} />
  }
  if (pages.rows.length === 0) return empty
  return (
    <>
      {draw(pages.rows)}
      {pages.hasNextPage && (
        <div className="more">
          <Button isBusy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}
