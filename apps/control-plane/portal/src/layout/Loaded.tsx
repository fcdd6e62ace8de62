import { Button, EmptyState, LoadingState, PageHeader } from '@inlay/embed-ui/ui'
import { toApiError } from '@inlay/sdk/client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorPageLink } from './ErrorPageLink.js'

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>
  /** What the page is called while there is no data to name it. @default none: something above the data names it */
  readonly page?: string
  readonly children: (data: T) => ReactNode
}

/** What a query gave, or that it is under way, or why it failed. */
export function Loaded<T>({ query, page, children }: LoadedProps<T>) {
  if (query.isPending) return <LoadingState />
  if (!query.isError) return children(query.data)
  const error = toApiError(query.error)
  return (
    <>
      {page !== undefined && <PageHeader title={page} />}
      <EmptyState
        title={error.message}
        text={error.detail}
        actions={
          <>
            <Button onClick={() => void query.refetch()}>Try again</Button>
            <ErrorPageLink error={error} />
          </>
        }
      />
    </>
  )
}

interface LoadedListProps<Row> {
  readonly query: UseQueryResult<{ readonly data: readonly Row[] }>
  /** Stands in the place of no rows. */
  readonly empty: ReactNode
  readonly children: (rows: readonly Row[]) => ReactNode
}

/** The rows of a list that comes whole, or what stands in their place. */
export function LoadedList<Row>({ query, empty, children }: LoadedListProps<Row>) {
  return <Loaded query={query}>{({ data }) => (data.length === 0 ? empty : children(data))}</Loaded>
}
