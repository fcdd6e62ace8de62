import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Zap } from 'lucide-react'
import { useState } from 'react'
import type { Automation } from '../data/api-types.js'
import { QueryProvider } from '../editor/QueryProvider.js'
import { EventsProvider, useEmit } from '../hooks/useEvents.js'
import { useWanted } from '../hooks/useWanted.js'
import { ListStates, WidgetPage } from '../host/WidgetPage.js'
import { customerOf, type WidgetProps } from '../host/widget-props.js'
import { useTexts } from '../messages/useTexts.js'
import { StartLink } from '../start/StartLink.js'
import { CardSkeletons } from '../ui/CardSkeletons.js'
import { useToast } from '../ui/Toast.js'
import { AutomationCard } from './AutomationCard.js'
import { AutomationDialog } from './AutomationDialog.js'
import styles from './automations.module.css'
import { OwnAutomations } from './OwnAutomations.js'
import { isReady } from './ready.js'
import { type Refusal, refusalOf } from './refusal.js'
import { useOwnAutomations } from './useOwnAutomations.js'

export interface AutomationListProps extends WidgetProps {
  /** Opens a run of an automation; without it last runs are shown but not opened. */
  readonly onOpenRun?: (runId: string) => void
  /** Leads to where automations are made; without it the empty list leads nowhere. */
  readonly onStart?: () => void
}

/** Automations as switches with settings, for people who never see a canvas. */
export function AutomationList({ events, ...props }: AutomationListProps) {
  return (
    <EventsProvider value={events}>
      <QueryProvider>
        <List {...props} />
      </QueryProvider>
    </EventsProvider>
  )
}

/** An automation whose form is open. */
interface Open {
  readonly automation: Automation
  /** Whether it is to be on afterwards. */
  readonly turnsOn: boolean
  readonly refusal?: Refusal
}

function List({ client, me, isReadOnly = false, onOpenRun, onStart }: Omit<AutomationListProps, 'events'>) {
  const t = useTexts()
  const [open, setOpen] = useState<Open>()
  const customerId = customerOf(me)
  const { query, list, own, others } = useLists({ client, me })
  const configure = useConfigure({
    ...{ client, customerId },
    onRefused: (automation, refusal) => setOpen({ automation, turnsOn: true, refusal }),
  })
  const mayWrite = !isReadOnly && me.permissions.includes('workflows:publish')
  const toggle = (automation: Automation) => {
    if (automation.enabled) configure.run(automation, false)
    else if (isReady(automation)) configure.run(automation, true)
    else setOpen({ automation, turnsOn: true })
  }
  return (
    <WidgetPage part="automations" title={t('automations.title')} description={t('automations.text')}>
      <ListStates
        query={query}
        isEmpty={list.length === 0 && others.length === 0}
        skeleton={<CardSkeletons />}
        empty={{
          icon: <Zap size={20} />,
          title: t('automations.empty'),
          text: t('automations.emptyText'),
          ...(onStart === undefined ? {} : { actions: <StartLink onStart={onStart} /> }),
        }}
      >
        {list.length > 0 && (
          <ul className={styles['cards']}>
            {list.map((automation) => (
              <AutomationCard
                key={automation.id}
                automation={automation}
                client={client}
                mayWrite={mayWrite}
                wanted={configure.wanted.get(automation.id)}
                onToggle={() => toggle(automation)}
                onSettings={() => setOpen({ automation, turnsOn: false })}
                onOpenRun={onOpenRun}
              />
            ))}
          </ul>
        )}
        <OwnAutomations {...{ own, others, client, mayWrite, onOpenRun }} hasHeading={list.length > 0} />
      </ListStates>
      {open !== undefined && (
        <AutomationDialog
          {...open}
          client={client}
          me={me}
          onClose={() => setOpen(undefined)}
          onSave={configure.save}
        />
      )}
    </WidgetPage>
  )
}

/** What is offered to the customer, and what it has made itself. */
function useLists({ client, me }: Pick<AutomationListProps, 'client' | 'me'>) {
  const customerId = customerOf(me)
  const offers = useQuery({
    queryKey: ['automations', customerId],
    queryFn: async () => (await client.automations.list.query({ customerId })).data,
  })
  const own = useOwnAutomations({ client, customerId, isAllowed: me.permissions.includes('workflows:read') })
  const list = offers.data ?? []
  const offered = new Set(list.map(({ workflowId }) => workflowId))
  return {
    query: { ...offers, isPending: offers.isPending || own.isPending, error: offers.error ?? own.error },
    list,
    own,
    others: own.list.filter(({ id }) => !offered.has(id)),
  }
}

type Change = Omit<
  Parameters<AutomationListProps['client']['automations']['configure']['mutate']>[0],
  'id' | 'customerId'
>

interface ConfigureOptions extends Pick<AutomationListProps, 'client'> {
  readonly customerId: string
  /** Hears of what can be mended in the form. */
  readonly onRefused: (automation: Automation, refusal: Refusal) => void
}

function useConfigure({ client, customerId, onRefused }: ConfigureOptions) {
  const t = useTexts()
  const toast = useToast()
  const emit = useEmit()
  const cache = useQueryClient()
  const { wanted, want } = useWanted()
  const save = async (automation: Automation, change: Change) => {
    const next = await client.automations.configure.mutate({ id: automation.id, customerId, ...change })
    cache.setQueryData<readonly Automation[]>(['automations', customerId], (all) =>
      all?.map((each) => (each.id === next.id ? next : each)),
    )
    const workflowId = next.workflowId ?? ''
    if (automation.workflowId === null && next.workflowId !== null) emit('workflow.created', { workflowId })
    if (next.enabled === automation.enabled) {
      emit('workflow.updated', { workflowId })
      toast({ tone: 'success', title: t('automations.saved') })
    } else {
      emit(next.enabled ? 'workflow.enabled' : 'workflow.disabled', { workflowId })
      toast({ tone: 'success', title: t(next.enabled ? 'automations.isOn' : 'automations.isOff', { name: next.name }) })
    }
  }
  const run = (automation: Automation, enabled: boolean) => {
    const answer = save(automation, { enabled }).catch((error: unknown) => {
      const refusal = refusalOf(error, t)
      if (refusal.issues.length > 0) onRefused(automation, refusal)
      else toast({ tone: 'danger', title: refusal.text })
    })
    want(automation.id, enabled, answer)
  }
  return { wanted, save, run }
}
