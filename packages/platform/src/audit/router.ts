import { z } from 'zod'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import { AUDIT_ACTIONS } from './entry.js'
import { auditRecordSchema } from './schema.js'

const id = z.string().max(500)
const moment = z.iso.datetime({ offset: true })

export const auditLogRouter = router({
  list: procedure
    .meta({
      permission: 'audit:read',
      openapi: { method: 'GET', path: '/audit-log', tags: ['Audit log'], summary: 'What was done, newest first' },
    })
    .input(
      z.strictObject({
        ...pageInput,
        action: z.enum(AUDIT_ACTIONS).optional(),
        actorId: id.optional(),
        targetId: id.optional(),
        customerId: id.optional(),
        /** From this instant on. */
        since: moment.optional(),
        /** Before this instant. */
        until: moment.optional(),
      }),
    )
    .output(pageOf(auditRecordSchema))
    .query(({ ctx, input: { since, until, ...filter } }) =>
      ctx.services.audit.list(ctx.caller.scope, {
        ...filter,
        sinceMs: since === undefined ? undefined : Date.parse(since),
        untilMs: until === undefined ? undefined : Date.parse(until),
      }),
    ),
})
