import { useInfiniteQuery } from '@tanstack/react-query'
import { LayoutTemplate } from 'lucide-react'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Template } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { QueryProvider } from '../editor/QueryProvider.js'
import { EventsProvider, useEmit } from '../hooks/useEvents.js'
import { ListStates, WidgetPage } from '../host/WidgetPage.js'
import { customerOf, type WidgetProps } from '../host/widget-props.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { useToast } from '../ui/Toast.js'
import { TemplateCard } from './TemplateCard.js'
import styles from './templates.module.css'

export interface TemplateGalleryProps extends WidgetProps {
  /** Opens the workflow that was made of a template. */
  readonly onOpen: (workflowId: string) => void
}

/** Workflows to begin from. */
export function TemplateGallery({ events, ...props }: TemplateGalleryProps) {
  return (
    <EventsProvider value={events}>
      <QueryProvider>
        <Gallery {...props} />
      </QueryProvider>
    </EventsProvider>
  )
}

function Gallery({ client, me, isReadOnly = false, onOpen }: Omit<TemplateGalleryProps, 'events'>) {
  const t = useTexts()
  const templates = useTemplates(client)
  const list: readonly Template[] = templates.data?.pages.flatMap(({ data }) => data) ?? []
  const mayUse = !isReadOnly && me.permissions.includes('workflows:write')
  const use = useTemplate({ client, customerId: customerOf(me), onOpen })
  return (
    <WidgetPage part="templates" title={t('templates.title')} description={t('templates.text')}>
      <ListStates
        query={templates}
        isEmpty={list.length === 0}
        empty={{
          icon: <LayoutTemplate size={20} />,
          title: t('templates.empty'),
          text: t('templates.emptyText'),
        }}
      >
        <ul className={styles['grid']}>
          {list.map((template) => (
            <TemplateCard
              key={template.id}
              template={template}
              client={client}
              isBusy={use.busyId === template.id}
              onUse={mayUse ? () => use.run(template) : undefined}
            />
          ))}
        </ul>
        {templates.hasNextPage && (
          <div className={styles['more']}>
            <Button isBusy={templates.isFetchingNextPage} onClick={() => void templates.fetchNextPage()}>
              {t('ui.loadMore')}
            </Button>
          </div>
        )}
      </ListStates>
    </WidgetPage>
  )
}

function useTemplates(client: BuilderClient) {
  return useInfiniteQuery({
    queryKey: ['templates'],
    queryFn: ({ pageParam }) => client.templates.list.query(pageParam === null ? {} : { cursor: pageParam }),
    // The first page has no cursor.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

interface UseOptions {
  readonly client: BuilderClient
  readonly customerId: string
  readonly onOpen: (workflowId: string) => void
}

function useTemplate({ client, customerId, onOpen }: UseOptions) {
  const emit = useEmit()
  const toast = useToast()
  const [busyId, setBusyId] = useState<string>()
  const t = useTexts()
  const run = ({ id: templateId, name }: Template) => {
    setBusyId(templateId)
    client.templates.use
      .mutate({ id: templateId, customerId })
      .then(({ id: workflowId }) => {
        emit('template.used', { templateId, workflowId })
        emit('workflow.created', { workflowId })
        toast({ tone: 'success', title: t('templates.used', { name }) })
        onOpen(workflowId)
      })
      .catch((error: unknown) => toast({ tone: 'danger', title: problemText(readProblem(error)) }))
      .finally(() => setBusyId(undefined))
  }
  return { busyId, run }
}
