import { Button, Callout, Card, PageHeader, Table, type TableProps, TableSkeleton } from '@inlay/embed-ui/ui'
import type { ReactNode } from 'react'
import { inWords, isPassing } from '../failure.js'
import { Failure, OutOfDate } from './Loaded.js'
import type { usePages } from './usePages.js'

interface ListPageProps<Row> extends Omit<TableProps<Row>, 'rows'> {
  readonly title: string
  readonly description: string
  readonly actions?: ReactNode
  readonly filters?: ReactNode
  readonly pages: Pick<
    ReturnType<typeof usePages<Row>>,
    | 'rows'
    | 'isPending'
    | 'isFetching'
    | 'isPlaceholderData'
    | 'isFetchNextPageError'
    | 'error'
    | 'refetch'
    | 'hasNextPage'
    | 'isFetchingNextPage'
    | 'fetchNextPage'
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
  if (pages.isPending || (pages.isPlaceholderData && pages.rows.length === 0)) {
    return (
      <Card isPadded={false}>
        <TableSkeleton />
      </Card>
    )
  }
  const retry = (): void => void pages.refetch()
  if (pages.error !== null && (pages.rows.length === 0 || !isPassing(pages.error))) {
    return <Failure thrown={pages.error} onRetry={retry} />
  }
  if (pages.rows.length === 0) return empty
  return (
    <>
      {pages.error !== null && !pages.isFetchNextPageError && (
        <OutOfDate thrown={pages.error} isBusy={pages.isFetching} onRetry={retry} />
      )}
      <div className="rows" aria-busy={pages.isPlaceholderData}>
        {draw(pages.rows)}
      </div>
      {pages.hasNextPage && <More pages={pages} />}
    </>
  )
}

/** The way to the next rows, and why they did not come. */
function More<Row>({ pages }: Pick<ListPageProps<Row>, 'pages'>) {
  const { error, isFetchNextPageError, isFetchingNextPage, fetchNextPage } = pages
  return (
    <div className="more">
      {isFetchNextPageError && !isFetchingNextPage && (
        <Callout tone="danger" title="The next ones did not come">
          {inWords(error).title}
        </Callout>
      )}
      <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {isFetchNextPageError ? 'Try again' : 'Show more'}
      </Button>
    </div>
  )
}
