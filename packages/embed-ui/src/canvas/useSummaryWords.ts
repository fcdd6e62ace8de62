import type { WorkflowDefinition } from '@inlay/engine'
import { useMemo } from 'react'
import type { ConnectorSummary } from '../data/api-types.js'
import { walkSteps } from '../document/sequences.js'
import { useOtherWorkflows } from '../hooks/useOtherWorkflows.js'
import type { MessageKey } from '../messages/messages.js'
import { useTexts } from '../messages/useTexts.js'
import { type SummaryWords, stepTitle } from './step-looks.js'

const ROOT_KEYS: Readonly<Record<string, MessageKey>> = {
  trigger: 'root.trigger',
  item: 'root.item',
  index: 'root.index',
  run: 'root.run',
  vars: 'root.vars',
  customer: 'root.customer',
  tenant: 'root.tenant',
}

/** Names of steps and roots, to put templates in words. */
export function useSummaryWords(definition: WorkflowDefinition, connectors: readonly ConnectorSummary[]): SummaryWords {
  const t = useTexts()
  const callsOthers = useMemo(() => [...walkSteps(definition)].some(({ step }) => step.type === 'call'), [definition])
  const { data: others } = useOtherWorkflows(callsOthers)
  return useMemo(() => {
    const titles = new Map([...walkSteps(definition)].map(({ step }) => [step.id, stepTitle(step, connectors, t)]))
    return {
      t,
      connectors,
      stepNames: (id: string) => titles.get(id),
      rootNames: (root: string) => {
        const key = ROOT_KEYS[root]
        return key === undefined ? root : t(key)
      },
      workflowName: (id: string) => others?.find((each) => each.id === id)?.name,
    }
  }, [definition, connectors, others, t])
}
