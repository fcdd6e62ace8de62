import { z } from 'zod'
import { instant } from '../../api/json.js'

/** The OAuth app that is used for a connector, without its secret. */
export const oauthAppSchema = z.object({
  connector: z.string(),
  /** Whose it is; null when there is none, and accounts cannot be connected by signing in. */
  source: z.enum(['tenant', 'operator']).nullable(),
  /** Of the tenant's own app. */
  clientId: z.string().nullable(),
  hasSecret: z.boolean(),
  /** What to register at the service for an app of the tenant's own. */
  redirectUri: z.string(),
  updatedAt: instant.nullable(),
})
/** The OAuth app that is used for a connector, without its secret. */
export type OAuthAppSummary = z.infer<typeof oauthAppSchema>
