import { Button, EmptyState, LoadingState } from '@inlay/embed-ui/ui'
import { toApiError } from '@inlay/sdk/client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorPageLink } from './ErrorPageLink.js'

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>
  readonly children: (data: T) => ReactNode
}

/** What a query gave, or that it is under way, or why it failed. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.isPending) return <LoadingState />
  if (!query.isError) return children(query.data)
  const error = toApiError(query.error)
  return (
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
  )
}
