import { TRIGGER_KINDS } from '@inlay/engine'
import { z } from 'zod'
import { anyJson, instant } from '../../api/json.js'
import { CONNECTOR_TRIGGER_STATUSES } from './trigger-row.js'

/** How a workflow's connector trigger is doing. */
export const connectorTriggerStateSchema = z.object({
  /** Null until a worker has looked at it. */
  kind: z.enum(TRIGGER_KINDS).nullable(),
  status: z.enum(CONNECTOR_TRIGGER_STATUSES),
  /** What went wrong last, and what to do about it. */
  detail: z.string().nullable(),
  lastPollAt: instant.nullable(),
  /** When the service is asked, or the registration renewed, next. */
  nextAt: instant.nullable(),
})
/** How a workflow's connector trigger is doing. */
export type ConnectorTriggerState = z.infer<typeof connectorTriggerStateSchema>

/** The one address to which a service tells of all accounts that use a tenant's app. */
export const appEndpointSchema = z.object({
  connector: z.string(),
  /** To be entered at the service; null before the settings are there. */
  url: z.string().nullable(),
  /** How that is done. */
  help: z.string().nullable(),
  /** What is not secret of the settings. */
  settings: z.record(z.string(), anyJson),
  /** JSON Schema (draft 2020-12) of the settings' form. */
  settingsSchema: anyJson,
  updatedAt: instant.nullable(),
})
/** The one address to which a service tells of all accounts that use a tenant's app. */
export type AppEndpoint = z.infer<typeof appEndpointSchema>

/** Data with which a draft is tried out. */
export const triggerSampleSchema = z.object({
  /** `service`: it is really there; `sample`: made up by the connector's author. */
  source: z.enum(['service', 'sample']),
  data: anyJson,
  /** Why there is only a made-up one. */
  detail: z.string().nullable(),
})
/** Data with which a draft is tried out. */
export type TriggerSample = z.infer<typeof triggerSampleSchema>
