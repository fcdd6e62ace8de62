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
  /** What to register at the service for an app of the tenant's own: at its domain, when one is in use. */
  redirectUri: z.string(),
  /**
   * Where the service sends people back to now: an app that was saved before the domain was in use keeps its redirect URI
   * until it is saved again. Null while the tenant has no app of its own.
   */
  usedRedirectUri: z.string().nullable(),
  updatedAt: instant.nullable(),
})
/** The OAuth app that is used for a connector, without its secret. */
export type OAuthAppSummary = z.infer<typeof oauthAppSchema>
