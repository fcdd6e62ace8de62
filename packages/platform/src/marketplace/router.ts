import { z } from 'zod'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import { LISTING_KINDS, listingDetailSchema, listingSchema, submissionSchema } from './schema.js'

const id = z.string().max(100)
const kind = z.enum(LISTING_KINDS)
const tags = ['Marketplace']
const version = z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a version such as 1.0.0')

export const marketplaceRouter = router({
  browse: procedure
    .meta({
      permission: 'templates:read',
      openapi: { method: 'GET', path: '/marketplace', tags, summary: 'What others share' },
    })
    .input(z.strictObject({ ...pageInput, kind: kind.optional(), search: z.string().max(200).optional() }))
    .output(pageOf(listingSchema))
    .query(({ ctx, input }) => ctx.services.marketplace.browse(ctx.caller.scope, input)),
  get: procedure
    .meta({
      permission: 'templates:read',
      openapi: { method: 'GET', path: '/marketplace/listings/{id}', tags, summary: 'One listing, with what it holds' },
    })
    .input(z.strictObject({ id }))
    .output(listingDetailSchema)
    .query(({ ctx, input }) => ctx.services.marketplace.get(ctx.caller.scope, input.id)),
  install: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: {
        method: 'POST',
        path: '/marketplace/listings/{id}/install',
        tags,
        summary: 'Install a listing, or its newer version',
      },
    })
    .input(z.strictObject({ id }))
    .output(listingSchema)
    .mutation(({ ctx, input }) => ctx.services.marketplace.install(ctx.caller.scope, input.id)),
  uninstall: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: {
        method: 'POST',
        path: '/marketplace/listings/{id}/uninstall',
        tags,
        summary: 'Remove what was installed',
      },
    })
    .input(z.strictObject({ id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.marketplace.uninstall(ctx.caller.scope, input.id)
      return {}
    }),
  submissions: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'GET', path: '/marketplace/submissions', tags, summary: 'What you have handed in' },
    })
    .input(z.strictObject({}))
    .output(z.object({ data: z.array(submissionSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({
      data: await ctx.services.marketplace.submissions(ctx.caller.scope),
      nextCursor: null,
    })),
  submit: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'POST', path: '/marketplace/submissions', tags, summary: 'Hand in a connector or a template' },
    })
    .input(
      z.strictObject({
        /** An earlier submission, of which this is a newer version. */
        id: id.optional(),
        kind,
        sourceId: id,
        name: z.string().trim().min(1).max(200),
        description: z.string().trim().min(1).max(5000),
        version,
      }),
    )
    .output(submissionSchema)
    .mutation(({ ctx, input }) => ctx.services.marketplace.submit(ctx.caller.scope, input)),
  withdraw: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'POST', path: '/marketplace/submissions/{id}/withdraw', tags, summary: 'Take a listing back' },
    })
    .input(z.strictObject({ id }))
    .output(submissionSchema)
    .mutation(({ ctx, input }) => ctx.services.marketplace.withdraw(ctx.caller.scope, input.id)),
})
