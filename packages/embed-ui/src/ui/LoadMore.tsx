import { problemText, readProblem } from '../data/api-error.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from './Button.js'
import { Callout } from './Feedback.js'
import styles from './Layout.module.css'

export interface LoadMoreProps {
  /** A list that comes page by page. */
  readonly query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly isFetchNextPageError: boolean
    readonly error: unknown
    fetchNextPage(): Promise<unknown>
  }
  /** @default what asks for more of anything */
  readonly label?: string
}

/** The way to the next page below a list, and why it did not come; nothing after the last one. */
export function LoadMore({ query, label }: LoadMoreProps) {
  const t = useTexts()
  if (!query.hasNextPage) return null
  return (
    <div className={styles['more']}>
      {query.isFetchNextPageError && !query.isFetchingNextPage && (
        <Callout tone="danger">{problemText(readProblem(query.error), t)}</Callout>
      )}
      <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {label ?? t('ui.loadMore')}
      </Button>
    </div>
  )
}
