import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'

export const connectionSchema = z.object({
  id: z.string(),
  customerId: z.string(),
  connector: z.string(),
  name: z.string(),
  status: z.enum(['ok', 'unverified', 'failing']),
  detail: z.string().nullable(),
  /** What is not secret. */
  fields: z.record(z.string(), anyJson),
  createdAt: instant,
  updatedAt: instant,
})
export type Connection = z.infer<typeof connectionSchema>
