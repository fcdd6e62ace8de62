import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'

/** A workflow to begin from, without a customer and without connections. */
export const templateSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** What it is for, in a word or two: templates of a gallery are grouped by it. */
  useCase: z.string().nullable(),
  /** Ids of the connectors that the definition works with. */
  connectors: z.array(z.string()),
  definition: anyJson,
  /** JSON Schema of what customers set; with it the template is offered as an automation. */
  settings: anyJson.nullable(),
  /** Made-up data of the trigger, to try the workflow out with; null: none. */
  sample: anyJson.nullable(),
  /** The listing that it was installed from; null for the tenant's own. */
  listingId: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
})
/** A workflow to begin from. */
export type Template = z.infer<typeof templateSchema>
