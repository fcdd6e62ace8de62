import { z } from 'zod'
import { instant } from '../api/json.js'
import { guardrailsSchema } from '../guardrails/schema.js'
import { brandSchema } from '../tenancy/brand-schema.js'
import { EMBED_ROLES, MEMBER_ROLES, PERMISSIONS } from './permissions.js'

export const memberSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(MEMBER_ROLES),
  createdAt: instant,
})
export type Member = z.infer<typeof memberSchema>

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
})
export type ApiKey = z.infer<typeof apiKeySchema>

export const SIGNING_ALGORITHMS = ['EdDSA', 'RS256'] as const
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number]

export const signingKeySchema = z.object({
  id: z.string(),
  kid: z.string(),
  algorithm: z.enum(SIGNING_ALGORITHMS),
  publicKey: z.string(),
  createdAt: instant,
})
export type SigningKey = z.infer<typeof signingKeySchema>

export const meSchema = z.object({
  caller: z.enum(['member', 'apiKey', 'embed']),
  tenant: z.object({ id: z.string(), name: z.string(), slug: z.string(), brand: brandSchema }),
  member: z.object({ id: z.string(), email: z.string(), name: z.string(), role: z.enum(MEMBER_ROLES) }).nullable(),
  customer: z.object({ id: z.string(), externalId: z.string(), name: z.string() }).nullable(),
  endUser: z.object({ sub: z.string(), name: z.string().nullable(), role: z.enum(EMBED_ROLES) }).nullable(),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** What the customer's builder offers; null for callers who are not confined to a customer. */
  guardrails: guardrailsSchema.nullable(),
  /** Bytes of a file that may be uploaded; null where no files are kept. */
  maxFileBytes: z.number().int().nullable(),
})
export type Me = z.infer<typeof meSchema>
