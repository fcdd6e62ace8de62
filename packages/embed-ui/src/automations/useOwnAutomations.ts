import { useQuery, useQueryClient } from '@tanstack/react-query'
import { problemText, readProblem } from '../data/api-error.js'
import type { Automation, WorkflowSummary } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { useEmit } from '../hooks/useEvents.js'
import { useWanted, type Wanted } from '../hooks/useWanted.js'
import { useTexts } from '../messages/useTexts.js'
import { useToast } from '../ui/Toast.js'

const PAGE = 100
/** Whoever has more of them works in the list of all workflows. */
const MOST_PAGES = 3

export interface OwnAutomationsOptions {
  readonly client: BuilderClient
  readonly customerId: string
  /** Whether the person may see workflows. */
  readonly isAllowed: boolean
}

export interface OwnAutomationsState extends Pick<Wanted, 'wanted'> {
  readonly list: readonly WorkflowSummary[]
  readonly isPending: boolean
  readonly error: unknown
  readonly toggle: (workflow: WorkflowSummary) => void
}

/** Published workflows that the customer has made itself: they have no settings, but can be switched on and off. */
export function useOwnAutomations({ client, customerId, isAllowed }: OwnAutomationsOptions): OwnAutomationsState {
  const query = useQuery({
    queryKey: ['own-automations', customerId],
    queryFn: () => publishedWorkflows(client, customerId),
    enabled: isAllowed,
  })
  const { wanted, toggle } = useToggle(client, ['own-automations', customerId])
  return { list: query.data ?? [], isPending: isAllowed && query.isPending, error: query.error, wanted, toggle }
}

async function publishedWorkflows(client: BuilderClient, customerId: string): Promise<readonly WorkflowSummary[]> {
  const all: WorkflowSummary[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const next = await client.workflows.list.query({
      customerId,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    })
    all.push(...next.data.filter(({ publishedVersion }) => publishedVersion !== null))
    cursor = next.nextCursor ?? undefined
    if (cursor === undefined) break
  }
  return all
}

function useToggle(client: BuilderClient, queryKey: readonly string[]) {
  const t = useTexts()
  const cache = useQueryClient()
  const toast = useToast()
  const emit = useEmit()
  const { wanted, want } = useWanted()
  const change = async ({ id, name }: WorkflowSummary, enabled: boolean) => {
    const next = await client.workflows.update.mutate({ id, enabled })
    cache.setQueryData<readonly WorkflowSummary[]>(queryKey, (all) =>
      all?.map((each) => (each.id === id ? next : each)),
    )
    emit(enabled ? 'workflow.enabled' : 'workflow.disabled', { workflowId: id })
    toast({ tone: 'success', title: t(enabled ? 'automations.isOn' : 'automations.ownIsOff', { name }) })
  }
  const toggle = (workflow: WorkflowSummary) => {
    const enabled = !workflow.enabled
    const answer = change(workflow, enabled).catch((error: unknown) =>
      toast({ tone: 'danger', title: problemText(readProblem(error), t) }),
    )
    want(workflow.id, enabled, answer)
  }
  return { wanted, toggle }
}

/** A workflow as its card shows it: one without settings. */
export function asAutomation({ id, name, enabled, lastRun }: WorkflowSummary): Automation {
  return { id, name, description: '', settings: null, values: {}, accounts: [], enabled, workflowId: id, lastRun }
}
