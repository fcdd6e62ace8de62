import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'

/**
 * How a connection is doing. `unverified`: the connector cannot test it; `reconnect_needed`: only a person can mend it, by
 * signing in to the service again; `pending`: nobody has signed in yet.
 */
export const CONNECTION_STATUSES = ['ok', 'unverified', 'failing', 'reconnect_needed', 'pending'] as const
/** One of `CONNECTION_STATUSES`. */
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number]

/** A connection without its secrets. */
export const connectionSchema = z.object({
  id: z.string(),
  customerId: z.string(),
  connector: z.string(),
  /** The connector's way to connect; null for connections from before there were several. */
  method: z.string().nullable(),
  name: z.string(),
  status: z.enum(CONNECTION_STATUSES),
  detail: z.string().nullable(),
  /** The service's account that the credentials belong to, when the connector can tell. */
  account: z.object({ id: z.string(), label: z.string() }).nullable(),
  /** OAuth scopes that were granted. */
  scopes: z.array(z.string()),
  /** What is not secret. */
  fields: z.record(z.string(), anyJson),
  /** When the service was last asked whether the account works. */
  checkedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
})
/** What would break without a connection. */
export const connectionUsageSchema = z.object({
  connectionId: z.string(),
  workflows: z.array(z.object({ id: z.string(), name: z.string(), enabled: z.boolean() })),
})
/** What would break without a connection. */
export type ConnectionUsage = z.infer<typeof connectionUsageSchema>

/** A connection without its secrets. */
export type Connection = z.infer<typeof connectionSchema>
