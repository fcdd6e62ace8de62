import { z } from 'zod'
import { instant } from '../api/json.js'
import { brandSchema } from '../tenancy/brand-schema.js'
import { RECORD_STATES } from './dns-look.js'

/**
 * Where a domain is. `pending`: not in use; `verified`: in use; `failing`: in use, though its records were not found as they
 * should be. One that fails for three days is pending again.
 */
const DOMAIN_STATUSES = ['pending', 'verified', 'failing'] as const

const recordSchema = z.object({
  type: z.enum(['CNAME', 'TXT']),
  /** Where the record stands, without a dot at its end. */
  name: z.string(),
  /** What it has to hold. */
  value: z.string(),
  /** `unchecked` until the first look. */
  state: z.enum([...RECORD_STATES, 'unchecked']),
  /** What stands there instead, when it is `wrong`. */
  found: z.array(z.string()),
})

/** A name of a tenant's under which its customers reach the control plane. */
export const domainSchema = z.object({
  id: z.string(),
  /** In lower case and Punycode. */
  name: z.string(),
  /** As people write it. */
  displayName: z.string(),
  status: z.enum(DOMAIN_STATUSES),
  /** Whether links are made with it: with the one that is in use for longest. */
  isPrimary: z.boolean(),
  /** Where it is reached, such as `https://automations.example.com`. */
  origin: z.string(),
  /** What the tenant sets at its DNS provider. */
  records: z.array(recordSchema),
  checkedAt: instant.nullable(),
  verifiedAt: instant.nullable(),
  createdAt: instant,
})
/** A name of a tenant's under which its customers reach the control plane. */
export type Domain = z.infer<typeof domainSchema>

/** What is told to whoever opens a page, before anybody signs in: nothing that the tenant's public pages do not show. */
export const siteSchema = z.object({
  /** Where this is reached by configuration, whatever the browser's address says. */
  origin: z.string(),
  /** Null at the operator's own address. */
  tenant: z
    .object({
      name: z.string(),
      ...brandSchema.pick({ logo: true, logoDark: true, favicon: true, appearance: true }).shape,
    })
    .nullable(),
})
