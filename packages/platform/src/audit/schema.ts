import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'

/** Something that was done in a tenant. */
export const auditRecordSchema = z.object({
  id: z.string(),
  /** By the database's clock. */
  at: instant,
  /** `member`, `apiKey`, `endUser`, `run`, `system` (by itself), `operator` or `anonymous` (who was not let in). */
  actor: z.object({ kind: z.string(), id: z.string() }),
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string() }).nullable(),
  customerId: z.string().nullable(),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), anyJson),
})
/** Something that was done in a tenant. */
export type AuditRecord = z.infer<typeof auditRecordSchema>
