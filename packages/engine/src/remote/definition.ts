import { z } from 'zod'
import { jsonObject, jsonValue } from '../compile/json-schema.js'
import { AUTH_KINDS, CONNECTOR_CATEGORIES } from '../contracts/connector.js'
import { isPace, PACE_RANGE } from '../policies/call-pace.js'

/** What a served connector's definition calls itself; another number means another shape. */
export const REMOTE_PROTOCOL = 'inlay/remote-connector@1'

const MAX_TEXT = 10_000
const MAX_MEMBERS = 500

const memberId = z.string().regex(/^[a-z][a-zA-Z0-9_]{0,79}$/)
const text = z.string().max(MAX_TEXT)
const names = z.array(z.string().max(200)).max(200)
const webUrl = z.string().max(2000).startsWith('https://')

const dependent = z.object({ dependsOn: names })

const memberShape = {
  name: text.min(1),
  description: text,
  input: jsonObject,
  output: jsonObject,
  scopes: names,
  options: z.record(z.string(), dependent.extend({ isSearchable: z.boolean() })),
  schemas: z.record(z.string(), dependent),
  outputSchema: dependent.optional(),
  sampleOutput: jsonValue.optional(),
}

const authMethod = z.object({
  id: memberId,
  kind: z.enum(AUTH_KINDS),
  name: text.min(1),
  help: text.optional(),
  fields: jsonObject.optional(),
  secretFields: names,
  canTest: z.boolean(),
  hasAccount: z.boolean(),
  oauth2: z
    .object({
      grant: z.enum(['authorization_code', 'client_credentials']).optional(),
      authorizationUrl: webUrl.optional(),
      tokenUrl: webUrl,
      revocationUrl: webUrl.optional(),
      issuer: text.optional(),
      scopes: z.array(z.object({ scope: text, description: text, optional: z.boolean().optional() })),
      scopeSeparator: z.string().max(5).optional(),
      pkce: z.boolean().optional(),
      clientAuthentication: z.enum(['basic', 'body']).optional(),
      authorizationParams: z.record(z.string(), text).optional(),
      tokenParams: z.record(z.string(), text).optional(),
      expiresInSeconds: z.number().positive().optional(),
    })
    .optional(),
})

const action = z.object({
  ...memberShape,
  sampleInput: jsonObject.optional(),
  delivery: z.enum(['at-least-once', 'at-most-once']).optional(),
  suspends: z.boolean().optional(),
})

const trigger = z.discriminatedUnion('kind', [
  z.object({ ...memberShape, kind: z.literal('polling'), intervalMs: z.number().min(60_000).optional() }),
  z.object({
    ...memberShape,
    kind: z.literal('webhook'),
    renewEveryMs: z.number().min(60_000).optional(),
    /** Whether it answers questions of the service. */
    hasHandshake: z.boolean().optional(),
    /** Whether it chooses what deliveries are answered. */
    hasAnswer: z.boolean().optional(),
  }),
  z.object({ ...memberShape, kind: z.literal('event'), event: z.string().min(1).max(200) }),
])

/** A connector as JSON: what a vendor's backend tells of the connector that it serves. */
export const remoteDefinitionSchema = z.object({
  protocol: z.literal(REMOTE_PROTOCOL),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/),
  version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/),
  name: text.min(1),
  description: text.min(1),
  icon: z.string().max(50_000).startsWith('<svg').optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
  categories: z.array(z.enum(CONNECTOR_CATEGORIES)),
  docs: z.string().max(100_000).optional(),
  connection: z.enum(['required', 'optional', 'none']),
  /** What the service allows one account. */
  pace: z.object({ requests: z.number(), perMs: z.number() }).refine(isPace, `has to be ${PACE_RANGE}`).optional(),
  auth: z.array(authMethod).max(20),
  actions: z.record(memberId, action).refine((all) => Object.keys(all).length <= MAX_MEMBERS, 'has too many actions'),
  triggers: z
    .record(memberId, trigger)
    .refine((all) => Object.keys(all).length <= MAX_MEMBERS, 'has too many triggers'),
})

/** See `remoteDefinitionSchema`. */
export type RemoteDefinition = z.infer<typeof remoteDefinitionSchema>
