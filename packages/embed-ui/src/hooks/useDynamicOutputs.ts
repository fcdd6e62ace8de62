import type { Step, Trigger } from '@inlay/engine'
import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useCallback } from 'react'
import { findTrigger } from '../canvas/step-looks.js'
import type { ConnectorSummary, FormRequest, JsonSchema, MemberSummary } from '../data/api-types.js'
import { asSchema } from '../forms/schema.js'
import { formRequest } from '../forms/useMemberForm.js'
import { useEditor } from './useEditor.js'

interface Asked {
  /** A step's id, or `trigger`. */
  readonly owner: string
  readonly request: FormRequest
}

/**
 * What comes out of steps and the trigger where only the service knows: by step id, and `trigger`. What cannot be told (yet)
 * is left out; then the connector's example is shown.
 */
export function useDynamicOutputs(trigger: Trigger, steps: readonly Step[]): ReadonlyMap<string, JsonSchema> {
  const { client, connectors } = useEditor()
  const asked = [...ofTrigger(trigger, connectors), ...steps.flatMap((step) => ofStep(step, connectors))]
  const owners = asked.map(({ owner }) => owner).join(' ')
  const combine = useCallback(
    (results: UseQueryResult<JsonSchema>[]) => {
      const names = owners.split(' ')
      return new Map(results.flatMap(({ data }, at) => (data === undefined ? [] : [[names[at] ?? '', data] as const])))
    },
    [owners],
  )
  return useQueries({
    queries: asked.map(({ request }) => ({
      queryKey: ['output', request],
      queryFn: async () => asSchema((await client.connectors.schema.mutate(request)).schema),
      staleTime: 300_000,
      retry: false,
    })),
    combine,
  })
}

function ofTrigger(trigger: Trigger, connectors: readonly ConnectorSummary[]): readonly Asked[] {
  if (trigger.type !== 'connector') return []
  const { summary } = findTrigger(trigger, connectors)
  return isAsked(summary) ? [{ owner: 'trigger', request: toRequest(trigger, { trigger: trigger.trigger }) }] : []
}

function ofStep(step: Step, connectors: readonly ConnectorSummary[]): readonly Asked[] {
  if (step.type !== 'action') return []
  const connector = connectors.find(({ id }) => id === step.connector)
  const summary = connector?.actions.find(({ id }) => id === step.action)
  return isAsked(summary) ? [{ owner: step.id, request: toRequest(step, { action: step.action }) }] : []
}

function isAsked(summary: MemberSummary | undefined): boolean {
  return summary?.hasDynamicOutput === true
}

type Use = Pick<Extract<Step, { type: 'action' }>, 'connector' | 'version' | 'connection' | 'input'>

function toRequest({ connector, version, connection, input }: Use, member: Pick<FormRequest, 'action' | 'trigger'>) {
  return formRequest({ connector, version, connection, input, ...member })
}
