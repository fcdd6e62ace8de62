import { AUTH_KINDS } from '@inlay/engine'
import { z } from 'zod'
import { anyJson } from '../api/json.js'

export const actionSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** JSON Schema (draft 2020-12) of the input; forms derive from it. */
  inputSchema: anyJson,
  outputSchema: anyJson,
  sampleOutput: anyJson.nullable(),
  /** Fields whose choices the service gives. */
  dynamicOptions: z.array(z.string()),
})

export const connectorSchema = z.object({
  id: z.string(),
  version: z.string(),
  name: z.string(),
  description: z.string(),
  icon: z.string().nullable(),
  auth: z.object({
    kind: z.enum(AUTH_KINDS),
    optional: z.boolean(),
    help: z.string().nullable(),
    /** JSON Schema of the connection form; secret fields have the format `password`. */
    schema: anyJson,
  }),
  actions: z.array(actionSummarySchema),
})
export type ConnectorSummary = z.infer<typeof connectorSchema>
