import { z } from 'zod'
import { inlineOrFile } from './inline-or-file.js'

/** An app that the operator has registered at a service. */
export interface OperatorClient {
  readonly clientId: string
  /** Absent for apps without a secret. */
  readonly clientSecret?: string | undefined
}

/** The operator's OAuth apps, by the connector's id. */
export type OperatorClients = ReadonlyMap<string, OperatorClient>

const clients = z.record(
  z.string().regex(/^[a-z][a-z0-9-]{0,49}$/),
  z.strictObject({ clientId: z.string().min(1).max(1000), clientSecret: z.string().min(1).max(5000).optional() }),
)

const SHAPE = '{"slack": {"clientId": "…", "clientSecret": "…"}}'

/** `OAUTH_CLIENTS`: JSON, or the path of a file that holds it. Values are never repeated in a message. */
export const oauthClients = z.string().transform((text, context): OperatorClients => {
  const fail = (message: string): never => {
    context.addIssue(message)
    return z.NEVER
  }
  const json = inlineOrFile(text)
  if (json === undefined) {
    return fail(`must be JSON such as ${SHAPE}, or the path of a file that holds it and can be read`)
  }
  try {
    const parsed = clients.safeParse(JSON.parse(json))
    if (parsed.success) return new Map(Object.entries(parsed.data))
  } catch {
    // Not JSON: it is said below, without any of it.
  }
  return fail(`must hold a clientId, and a clientSecret where there is one, for each connector: ${SHAPE}`)
})
