import { z } from 'zod'
import { anyJson, instant } from '../../api/json.js'
import { originSchema } from '../../tenancy/schema.js'

const id = z.string().max(100)

/**
 * Where an authorization is. `pending`: the person has yet to sign in or to confirm; `authorized`: the person has, and the
 * session that began it has yet to confirm; `confirmed`: there is a connection.
 */
export const AUTHORIZATION_STATUSES = ['pending', 'authorized', 'confirmed', 'failed', 'expired'] as const
/** One of `AUTHORIZATION_STATUSES`. */
export type AuthorizationStatus = (typeof AUTHORIZATION_STATUSES)[number]

/** An account that a person is to connect by signing in to the service. */
export const newAuthorizationSchema = z.strictObject({
  /** May be left out by those who belong to one customer. */
  customerId: id.optional(),
  connector: id,
  /** The connector's `AuthMethod.id`. @default its first by OAuth */
  method: id.optional(),
  /** Of the connection. */
  name: z.string().trim().min(1).max(200),
  /** The values of the connection form. */
  fields: z.record(z.string(), anyJson).optional(),
  /** Optional scopes to ask for beside those that are required. @default all */
  scopes: z.array(z.string().max(500)).max(200).optional(),
  /** A connection to connect again. */
  connectionId: id.optional(),
  /** The page to tell, without any secret, that the browser has finished; one of the tenant's allowed origins. */
  returnOrigin: originSchema.optional(),
  /**
   * Whether `confirm` must be called, too, after the person has confirmed: ask for it when your backend can tell that it is
   * still the same person. Always so for embed sessions. @default false
   */
  hostConfirms: z.boolean().optional(),
})
/** An account that a person is to connect by signing in to the service. */
export type NewAuthorization = z.infer<typeof newAuthorizationSchema>

/** An authorization as the one who began it sees it. */
export const authorizationSchema = z.object({
  id: z.string(),
  status: z.enum(AUTHORIZATION_STATUSES),
  /** Who has to confirm next: the person in their browser, or the one who began it. */
  awaiting: z.enum(['person', 'host']).nullable(),
  connector: z.string(),
  customerId: z.string(),
  /** What the service calls the account, once the person has signed in and the connector can tell. */
  account: z.object({ id: z.string(), label: z.string() }).nullable(),
  scopes: z.array(z.string()),
  connectionId: z.string().nullable(),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  expiresAt: instant,
})
/** An authorization as the one who began it sees it. */
export type Authorization = z.infer<typeof authorizationSchema>

/** A begun authorization. */
export const begunAuthorizationSchema = authorizationSchema.extend({
  /** Where to send the person's browser, once. Null: nobody has to sign in, and the connection is there. */
  url: z.string().nullable(),
})
/** A begun authorization. */
export type BegunAuthorization = z.infer<typeof begunAuthorizationSchema>
