import { Button, Callout, EmptyState, LoadingState, PageHeader } from '@inlay/embed-ui/ui'
import { toApiError } from '@inlay/sdk/client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { inWords, isPassing } from '../failure.js'
import { ErrorPageLink } from './ErrorPageLink.js'

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>
  /** What the page is called while there is no data to name it. @default none: something above the data names it */
  readonly page?: string
  readonly children: (data: T) => ReactNode
}

/** What a query gave, or that it is under way, or why it failed. What is there stays when reading it again fails. */
export function Loaded<T>({ query, page, children }: LoadedProps<T>) {
  if (query.isPending) return <LoadingState />
  const retry = (): void => void query.refetch()
  if (query.data === undefined || (query.isError && !isPassing(query.error))) {
    return (
      <>
        {page !== undefined && <PageHeader title={page} />}
        <Failure thrown={query.error} onRetry={retry} />
      </>
    )
  }
  return (
    <>
      {query.isError && <OutOfDate thrown={query.error} isBusy={query.isFetching} onRetry={retry} />}
      {children(query.data)}
    </>
  )
}

interface FailureProps {
  readonly thrown: unknown
  readonly onRetry: () => void
}

/** Stands in the place of what could not be read: why, and the way to try again. */
export function Failure({ thrown, onRetry }: FailureProps) {
  const { title, detail } = inWords(thrown)
  return (
    <EmptyState
      title={title}
      text={detail}
      actions={
        <>
          <Button onClick={onRetry}>Try again</Button>
          <ErrorPageLink error={toApiError(thrown)} />
        </>
      }
    />
  )
}

/** Above what was read before, when it could not be read again. */
export function OutOfDate({ thrown, isBusy, onRetry }: FailureProps & { readonly isBusy: boolean }) {
  return (
    <div className="out-of-date">
      <Callout
        tone="warning"
        title="What is shown may be out of date"
        actions={
          <Button size="small" isBusy={isBusy} onClick={onRetry}>
            Try again
          </Button>
        }
      >
        {inWords(thrown).title}
      </Callout>
    </div>
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
