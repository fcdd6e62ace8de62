import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'

/** A workflow to begin from, without a customer and without connections. */
export const templateSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  definition: anyJson,
  /** JSON Schema of what customers set; with it the template is offered as an automation. */
  settings: anyJson.nullable(),
  /** The listing that it was installed from; null for the tenant's own. */
  listingId: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
})
/** A workflow to begin from. */
export type Template = z.infer<typeof templateSchema>
