import type { WorkflowDefinition } from '@inlay/engine'
import { walkSteps } from './sequences.js'

/** The ids of the connectors that a workflow uses, each once, in an order that edits elsewhere do not change. */
export function usedConnectors(definition: WorkflowDefinition): readonly string[] {
  const { trigger } = definition
  const ids = [...walkSteps(definition)].flatMap(({ step }) => (step.type === 'action' ? [step.connector] : []))
  if (trigger.type === 'connector') ids.push(trigger.connector)
  return [...new Set(ids)].sort()
}
