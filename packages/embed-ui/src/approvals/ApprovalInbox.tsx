import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, Inbox } from 'lucide-react'
import { useState } from 'react'
import type { Approval } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { QueryProvider } from '../editor/QueryProvider.js'
import { EventsProvider } from '../hooks/useEvents.js'
import { ListStates, WidgetPage } from '../host/WidgetPage.js'
import type { WidgetProps } from '../host/widget-props.js'
import { useTexts } from '../messages/useTexts.js'
import { StartLink } from '../start/StartLink.js'
import { CardSkeletons } from '../ui/CardSkeletons.js'
import { LoadMore } from '../ui/LoadMore.js'
import { Tabs } from '../ui/Tabs.js'
import { ApprovalCard } from './ApprovalCard.js'
import styles from './approvals.module.css'

const LATER_MS = 15_000

export interface ApprovalInboxProps extends WidgetProps {
  /** Opens the run that waits; without it runs are not opened. */
  readonly onOpenRun?: (runId: string) => void
  /** Leads to where automations are made; without it the empty list leads nowhere. */
  readonly onStart?: () => void
}

/** Decisions that automations wait for, and those that were made. */
export function ApprovalInbox({ events, ...props }: ApprovalInboxProps) {
  return (
    <EventsProvider value={events}>
      <QueryProvider>
        <InboxPage {...props} />
      </QueryProvider>
    </EventsProvider>
  )
}

type State = 'open' | 'decided'

function InboxPage({ client, me, isReadOnly = false, onOpenRun, onStart }: Omit<ApprovalInboxProps, 'events'>) {
  const t = useTexts()
  const cache = useQueryClient()
  const [state, setState] = useState<State>('open')
  const query = useApprovals(client, state)
  const list: readonly Approval[] = query.data?.pages.flatMap(({ data }) => data) ?? []
  const mayDecide = !isReadOnly && me.permissions.includes('approvals:decide')
  return (
    <WidgetPage part="approvals" title={t('approvals.title')} description={t('approvals.text')}>
      <div className={styles['tabs']}>
        <Tabs
          label={t('approvals.title')}
          tabs={[
            { id: 'open', label: t('approvals.open') },
            { id: 'decided', label: t('approvals.decided') },
          ]}
          selected={state}
          onSelect={setState}
        />
      </div>
      <ListStates
        query={query}
        isEmpty={list.length === 0}
        skeleton={<CardSkeletons />}
        empty={
          state === 'open'
            ? {
                icon: <CircleCheck size={20} />,
                title: t('approvals.empty'),
                text: t('approvals.emptyText'),
                ...(onStart === undefined ? {} : { actions: <StartLink onStart={onStart} /> }),
              }
            : { icon: <Inbox size={20} />, title: t('approvals.noneDecided'), text: t('approvals.noneDecidedText') }
        }
      >
        <ul className={styles['cards']}>
          {list.map((approval) => (
            <ApprovalCard
              key={approval.id}
              approval={approval}
              client={client}
              mayDecide={mayDecide}
              onDecided={() => cache.invalidateQueries({ queryKey: ['approvals'] })}
              onOpenRun={onOpenRun}
            />
          ))}
        </ul>
        <LoadMore query={query} />
      </ListStates>
    </WidgetPage>
  )
}

function useApprovals(client: BuilderClient, state: State) {
  return useInfiniteQuery({
    queryKey: ['approvals', state],
    queryFn: ({ pageParam }) =>
      client.approvals.list.query({ state, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    // The first page has no cursor.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: LATER_MS,
  })
}
