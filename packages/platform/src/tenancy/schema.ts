import { z } from 'zod'
import { instant } from '../api/json.js'

/** An origin such as `https://app.example.com`: no path, no wildcard. */
export const originSchema = z
  .string()
  .max(300)
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text),
    'must be an origin such as https://app.example.com',
  )

export const tenantSchema = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  allowedOrigins: z.array(z.string()),
})
export type Tenant = z.infer<typeof tenantSchema>

export const customerSchema = z.object({
  id: z.string(),
  externalId: z.string(),
  name: z.string(),
  createdAt: instant,
  workflowCount: z.number(),
})
export type Customer = z.infer<typeof customerSchema>
