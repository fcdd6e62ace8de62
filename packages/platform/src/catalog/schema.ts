import { AUTH_KINDS, CONNECTOR_CATEGORIES, TRIGGER_KINDS } from '@inlay/engine'
import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { connectorListingSchema, memberNameSchema } from './listing.js'
import { AVAILABILITIES, connectorSettingsSchema } from './settings.js'

/** What a form asks the service, by the input's field. */
const dynamicOptions = z.record(z.string(), z.object({ dependsOn: z.array(z.string()), isSearchable: z.boolean() }))
const dynamicSchemas = z.record(z.string(), z.object({ dependsOn: z.array(z.string()) }))

const memberSummary = {
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** JSON Schema (draft 2020-12) of the input; forms derive from it. */
  inputSchema: anyJson,
  outputSchema: anyJson,
  sampleOutput: anyJson.nullable(),
  /** OAuth scopes without which the service refuses. */
  scopes: z.array(z.string()),
  dynamicOptions,
  dynamicSchemas,
  /** Whether the output's shape depends on the input, and is asked for. */
  hasDynamicOutput: z.boolean(),
}

/** An action without its code. */
const actionSummarySchema = z.object({ ...memberSummary, sampleInput: anyJson.nullable() })
/** An action without its code. */
export type ActionSummary = z.infer<typeof actionSummarySchema>

/** A trigger without its code. */
const triggerSummarySchema = z.object({
  ...memberSummary,
  kind: z.enum(TRIGGER_KINDS),
  /** Milliseconds between two polls; null for triggers that do not poll. */
  intervalMs: z.number().nullable(),
})
/** A trigger without its code. */
export type TriggerSummary = z.infer<typeof triggerSummarySchema>

/** A way to connect an account, without its code. */
const authSummarySchema = z.object({
  id: z.string(),
  kind: z.enum(AUTH_KINDS),
  name: z.string(),
  help: z.string().nullable(),
  /** JSON Schema of the connection form; secret fields have the format `password`. */
  schema: anyJson,
  scopes: z.array(z.object({ scope: z.string(), description: z.string(), optional: z.boolean() })),
})
/** A way to connect an account, without its code. */
export type AuthSummary = z.infer<typeof authSummarySchema>

/** A connector without its code: all that builders and docs show. */
export const connectorSchema = z.object({
  id: z.string(),
  version: z.string(),
  name: z.string(),
  description: z.string(),
  /** An inline SVG document. */
  icon: z.string().nullable(),
  color: z.string().nullable(),
  categories: z.array(z.enum(CONNECTOR_CATEGORIES)),
  /** Markdown. */
  docs: z.string().nullable(),
  connection: z.enum(['required', 'optional', 'none']),
  /** The usual way first. */
  auth: z.array(authSummarySchema),
  actions: z.array(actionSummarySchema),
  triggers: z.array(triggerSummarySchema),
})
/** A connector without its code. */
export type ConnectorSummary = z.infer<typeof connectorSchema>

/** What the tenant makes of it; name, description and icon are the tenant's own where it has set them. */
const offer = { availability: z.enum(AVAILABILITIES), hidden: z.boolean() }

/** A connector in a list, as one tenant sees it. */
export const offeredConnectorSchema = connectorListingSchema.extend({
  ...offer,
  /** Actions and triggers whose names were searched for. */
  matches: z.array(memberNameSchema),
})
/** A connector in a list, as one tenant sees it. */
export type OfferedConnector = z.infer<typeof offeredConnectorSchema>

/** A connector as one tenant sees it. */
export const connectorDetailSchema = connectorSchema.extend({
  ...offer,
  /** All that can be used, newest first. */
  versions: z.array(z.string()),
})
/** A connector as one tenant sees it. */
export type ConnectorDetail = z.infer<typeof connectorDetailSchema>

/** A tenant's settings of one connector, with what follows from them. */
export const connectorSettingsViewSchema = connectorSettingsSchema.extend({
  connector: z.string(),
  /** What holds: the setting, or what the tenant has for new connectors. */
  effective: z.enum(AVAILABILITIES),
  /** Whether consent screens show the tenant's own app. */
  hasOwnOAuthApp: z.boolean(),
})
