import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'

/** What can be shared. */
export const LISTING_KINDS = ['connector', 'template'] as const
/** One of `LISTING_KINDS`. */
export type ListingKind = (typeof LISTING_KINDS)[number]

/** What a tenant has handed in. */
export const submissionSchema = z.object({
  /** Also the listing's id, once it is approved. */
  id: z.string(),
  kind: z.enum(LISTING_KINDS),
  name: z.string(),
  description: z.string(),
  version: z.string(),
  state: z.enum(['submitted', 'approved', 'rejected', 'withdrawn']),
  /** What the operator said of it. */
  note: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
})
/** What a tenant has handed in. */
export type Submission = z.infer<typeof submissionSchema>

/** What all tenants can install. */
export const listingSchema = z.object({
  id: z.string(),
  kind: z.enum(LISTING_KINDS),
  name: z.string(),
  description: z.string(),
  publisher: z.string(),
  version: z.string(),
  publishedAt: instant,
  /** The version that the caller's tenant has; null when it has none. */
  installedVersion: z.string().nullable(),
})
/** What all tenants can install. */
export type Listing = z.infer<typeof listingSchema>

/** What a shared template has beside its definition. */
const sharedTemplateSchema = z.object({
  /** JSON Schema of what customers set. */
  settings: anyJson.nullable(),
  useCase: z.string().nullable(),
  /** Made-up data of the trigger. */
  sample: anyJson.nullable(),
})
/** What a shared template has beside its definition. */
export type SharedTemplate = z.infer<typeof sharedTemplateSchema>

/** A listing with what it holds. */
export const listingDetailSchema = listingSchema.extend({
  content: anyJson,
  /** Null for connectors, and for templates that have nothing but a definition. */
  template: sharedTemplateSchema.nullable(),
})
/** A listing with what it holds. */
export type ListingDetail = z.infer<typeof listingDetailSchema>
