import {
  type ConnectorTrigger,
  type CustomerId,
  isInlayError,
  type JsonValue,
  type PollingTrigger,
  StepError,
  systemClock,
  type TenantScope,
  type WorkflowId,
  workflowSchema,
} from '@inlay/engine'
import { createMemoryConnectorStorage } from '@inlay/engine/memory'
import { explain } from './backoff.js'
import { noConnectorTrigger } from './errors.js'
import { checkItem, requireItems } from './items.js'
import type { TriggerSample } from './schema.js'
import { type OpenedTrigger, TriggerCode, type TriggerCodeDeps, type TriggerSettings } from './trigger-code.js'

/** People wait for it. */
const SAMPLE_TIMEOUT_MS = 20_000

/** A draft whose trigger is tried out. */
export interface SampleRequest {
  readonly workflowId: string
  readonly customerId: string
  readonly definition: JsonValue
}

/** Data with which drafts are tried out. */
export interface TriggerSamples {
  /**
   * The newest item that a polling trigger finds now, or else what the connector's author made up. Nothing is kept, and
   * nothing starts.
   *
   * @throws UserError `workflow.no_connector_trigger`; StepError `validation` when the settings do not fit
   */
  take(scope: TenantScope, request: SampleRequest): Promise<TriggerSample>
}

/** Samples from services, through the doors that triggers have. */
export function createTriggerSamples(deps: Omit<TriggerCodeDeps, 'storage' | 'blobs'>): TriggerSamples {
  return {
    take: async (scope, request) => {
      // What the trigger remembers, it remembers for the length of one sample.
      const code = new TriggerCode({ ...deps, storage: createMemoryConnectorStorage({ clock: systemClock() }) })
      const settings = settingsOf(scope, request)
      const opened = await code.open(settings)
      const { trigger } = opened
      if (trigger.kind !== 'polling') return madeUp(trigger, 'It shows once the service tells of something.')
      try {
        const item = await newest(code, { settings, opened, trigger })
        return item === undefined
          ? madeUp(trigger, 'The service has nothing yet.')
          : { source: 'service', data: item, detail: null }
      } catch (error) {
        if (!isInlayError(error)) throw error
        return madeUp(trigger, explain(error))
      }
    },
  }
}

function settingsOf({ tenantId }: TenantScope, { workflowId, customerId, definition }: SampleRequest): TriggerSettings {
  const trigger = readTrigger(definition)
  return {
    tenant_id: tenantId,
    // Both belong to a workflow that was found in the caller's scope.
    customer_id: customerId as CustomerId,
    workflow_id: workflowId as WorkflowId,
    connector: trigger.connector,
    connector_version: trigger.version ?? null,
    trigger: trigger.trigger,
    // Opened in the customer's scope, or not at all.
    connection_id: (trigger.connection ?? null) as TriggerSettings['connection_id'],
    input: trigger.input,
  }
}

function readTrigger(definition: JsonValue) {
  const isObject = typeof definition === 'object' && definition !== null && !Array.isArray(definition)
  // Steps may be unfinished: only the trigger counts.
  const parsed = workflowSchema.safeParse(isObject ? { ...definition, steps: [] } : definition)
  if (parsed.success && parsed.data.trigger.type === 'connector') return parsed.data.trigger
  throw noConnectorTrigger()
}

interface Sampling {
  readonly settings: TriggerSettings
  readonly opened: OpenedTrigger
  readonly trigger: PollingTrigger
}

async function newest(code: TriggerCode, { settings, opened, trigger }: Sampling): Promise<JsonValue | undefined> {
  const { given, clean } = await code.call(settings, opened, {
    timeoutMs: SAMPLE_TIMEOUT_MS,
    run: async (context, clean) => {
      const given: unknown = await trigger.poll({ ...context, cursor: null, isFirst: true, now: Date.now() })
      return { given, clean }
    },
  })
  const { items } = (given ?? {}) as { readonly items?: unknown }
  const last = requireItems(opened.connector.name, items).at(-1)
  if (last === undefined) return undefined
  const checked = checkItem(trigger, last, clean)
  if (checked.ok) return checked.data
  throw new StepError('bug', 'The newest item is not what the trigger promises', { detail: checked.reason })
}

function madeUp({ sampleOutput }: ConnectorTrigger, detail: string): TriggerSample {
  return { source: 'sample', data: sampleOutput, detail }
}
