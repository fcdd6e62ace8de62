import { RUN_STATUSES } from '@inlay/engine'
import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import {
  forkCheckSchema,
  historyEntrySchema,
  logLineSchema,
  runSchema,
  runSummarySchema,
  stepSchema,
} from './schema.js'

const id = z.string().max(100)
const tags = ['Runs']

const redriveManyInput = z
  .strictObject({
    dead: z.boolean().optional(),
    workflowId: id.optional(),
    customerId: id.optional(),
    failedSince: z.iso.datetime({ offset: true }).optional(),
    limit: z.number().int().min(1).max(500).default(100),
  })
  .refine(
    ({ dead, workflowId, failedSince }) => dead === true || (workflowId !== undefined && failedSince !== undefined),
    {
      message: 'Say "dead": true for the dead-letter list, or name a "workflowId" and a moment "failedSince"',
    },
  )

export const runsRouter = router({
  start: procedure
    .meta({
      permission: 'runs:start',
      openapi: {
        method: 'POST',
        path: '/workflows/{workflowId}/runs',
        tags,
        summary: 'Start a run',
        successDescription: 'Accepted',
      },
    })
    .input(
      z.strictObject({
        workflowId: id,
        input: anyJson.default({}),
        wait: z.coerce.number().int().min(0).max(60).default(0),
      }),
    )
    .output(runSchema)
    .mutation(({ ctx, input: { wait, ...start }, signal }) =>
      ctx.services.runs.start(ctx.caller.scope, {
        ...start,
        waitSeconds: wait,
        idempotencyKey: ctx.idempotencyKey,
        callerId: ctx.caller.id,
        signal,
      }),
    ),
  list: procedure
    .meta({ permission: 'runs:read', openapi: { method: 'GET', path: '/runs', tags, summary: 'List runs' } })
    .input(
      z.strictObject({
        ...pageInput,
        workflowId: id.optional(),
        customerId: id.optional(),
        status: z.enum(RUN_STATUSES).optional(),
        mode: z.enum(['live', 'test']).optional(),
        /** Number of the version that ran. */
        version: z.coerce.number().int().min(1).optional(),
        /** The beginning of the id, or part of the error or of the input. */
        search: z.string().trim().min(1).max(200).optional(),
        dead: z.boolean().optional(),
        createdSince: z.iso.datetime({ offset: true }).optional(),
        createdBefore: z.iso.datetime({ offset: true }).optional(),
      }),
    )
    .output(pageOf(runSummarySchema))
    .query(({ ctx, input }) => ctx.services.runs.list(ctx.caller.scope, input)),
  get: procedure
    .meta({ permission: 'runs:read', openapi: { method: 'GET', path: '/runs/{id}', tags, summary: 'One run' } })
    .input(z.strictObject({ id }))
    .output(runSchema)
    .query(({ ctx, input }) => ctx.services.runs.get(ctx.caller.scope, input.id)),
  steps: procedure
    .meta({
      permission: 'runs:read',
      openapi: { method: 'GET', path: '/runs/{id}/steps', tags, summary: 'Steps of a run' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({ data: z.array(stepSchema), nextCursor: z.null() }))
    .query(async ({ ctx, input }) => ({
      data: await ctx.services.runs.steps(ctx.caller.scope, input.id),
      nextCursor: null,
    })),
  stepOutput: procedure
    .meta({
      permission: 'runs:read',
      openapi: {
        method: 'GET',
        path: '/runs/{id}/output',
        tags,
        summary: 'What a step gave',
        description: 'Also outputs that are too large to be listed with the steps.',
      },
    })
    .input(z.strictObject({ id, stepPath: z.string().min(1).max(2000), iteration: z.string().max(200).default('0') }))
    .output(z.object({ output: anyJson }))
    .query(async ({ ctx, input: { id: runId, ...address } }) => ({
      output: await ctx.services.runs.stepOutput(ctx.caller.scope, runId, address),
    })),
  stepLogs: procedure
    .meta({
      permission: 'runs:read',
      openapi: {
        method: 'GET',
        path: '/runs/{id}/logs',
        tags,
        summary: 'What a step has logged',
        description: 'Of each attempt, at most 100 lines and 32 KB, for 30 days.',
      },
    })
    .input(z.strictObject({ id, stepPath: z.string().min(1).max(2000), iteration: z.string().max(200).default('0') }))
    .output(z.object({ data: z.array(logLineSchema), nextCursor: z.null() }))
    .query(async ({ ctx, input: { id: runId, ...address } }) => ({
      data: await ctx.services.runs.stepLogs(ctx.caller.scope, runId, address),
      nextCursor: null,
    })),
  cancel: procedure
    .meta({
      permission: 'runs:cancel',
      openapi: { method: 'POST', path: '/runs/{id}/cancel', tags, summary: 'Cancel a run' },
    })
    .input(z.strictObject({ id }))
    .output(runSchema)
    .mutation(({ ctx, input }) => ctx.services.runs.cancel(ctx.caller.scope, input.id)),
  suspend: procedure
    .meta({
      permission: 'runs:suspend',
      openapi: { method: 'POST', path: '/runs/{id}/suspend', tags, summary: 'Let a run rest until it is resumed' },
    })
    .input(z.strictObject({ id }))
    .output(runSchema)
    .mutation(({ ctx, input }) => ctx.services.runs.suspend(ctx.caller.scope, input.id)),
  resume: procedure
    .meta({
      permission: 'runs:suspend',
      openapi: { method: 'POST', path: '/runs/{id}/resume', tags, summary: 'Let a suspended run go on' },
    })
    .input(z.strictObject({ id }))
    .output(runSchema)
    .mutation(({ ctx, input }) => ctx.services.runs.resume(ctx.caller.scope, input.id)),
  redrive: procedure
    .meta({
      permission: 'runs:rerun',
      openapi: {
        method: 'POST',
        path: '/runs/{id}/redrive',
        tags,
        summary: 'Go on from where the run failed',
        description: 'The same run goes on, and keeps what its steps have given.',
      },
    })
    .input(z.strictObject({ id }))
    .output(runSchema)
    .mutation(({ ctx, input }) => ctx.services.runs.redrive(ctx.caller.scope, input.id)),
  redriveMany: procedure
    .meta({
      permission: 'runs:rerun',
      openapi: {
        method: 'POST',
        path: '/runs/redrive',
        tags,
        summary: 'Redrive many failed runs',
        description: 'Those on the dead-letter list, or those of a workflow that failed since a moment; oldest first.',
      },
    })
    .input(redriveManyInput)
    .output(z.object({ redriven: z.array(z.string()), hasMore: z.boolean() }))
    .mutation(({ ctx, input: { failedSince, ...filter } }) =>
      ctx.services.runs.redriveFailed(ctx.caller.scope, {
        ...filter,
        ...(failedSince === undefined ? {} : { failedSince: new Date(failedSince) }),
      }),
    ),
  rerun: procedure
    .meta({
      permission: 'runs:rerun',
      openapi: { method: 'POST', path: '/runs/{id}/rerun', tags, summary: 'Run again with the same input' },
    })
    .input(z.strictObject({ id, version: z.enum(['same', 'latest']).default('same'), trigger: anyJson.optional() }))
    .output(runSchema)
    .mutation(({ ctx, input: { id: runId, ...request } }) => ctx.services.runs.rerun(ctx.caller.scope, runId, request)),
  fork: procedure
    .meta({
      permission: 'runs:rerun',
      openapi: {
        method: 'POST',
        path: '/runs/{id}/fork',
        tags,
        summary: 'Run again from a step',
        description: 'A new run takes over what this one did before the step; its input and outputs can be changed.',
      },
    })
    .input(
      z.strictObject({
        id,
        fromStep: z.string().min(1).max(2000),
        trigger: anyJson.optional(),
        outputs: z.record(z.string(), anyJson).optional(),
        version: z.enum(['same', 'latest']).default('same'),
      }),
    )
    .output(runSchema)
    .mutation(({ ctx, input: { id: runId, ...request } }) => ctx.services.runs.fork(ctx.caller.scope, runId, request)),
  checkFork: procedure
    .meta({
      permission: 'runs:rerun',
      openapi: {
        method: 'GET',
        path: '/runs/{id}/fork-check',
        tags,
        summary: 'Whether a fork can go on with the newest version',
      },
    })
    .input(z.strictObject({ id, fromStep: z.string().min(1).max(2000) }))
    .output(forkCheckSchema)
    .query(async ({ ctx, input }) => {
      const { changed, added, removed, ...check } = await ctx.services.runs.checkFork(
        ctx.caller.scope,
        input.id,
        input.fromStep,
      )
      return { ...check, changed: [...changed], added: [...added], removed: [...removed] }
    }),
  history: procedure
    .meta({
      permission: 'runs:read',
      openapi: { method: 'GET', path: '/runs/{id}/history', tags, summary: 'Everything that happened to a run' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({ data: z.array(historyEntrySchema), nextCursor: z.null() }))
    .query(async ({ ctx, input }) => ({
      data: await ctx.services.runs.history(ctx.caller.scope, input.id),
      nextCursor: null,
    })),
  watch: procedure
    .meta({ permission: 'runs:read' })
    .input(z.strictObject({ runId: id }))
    .subscription(({ ctx, input, signal }) =>
      ctx.services.runs.watch(ctx.caller.scope, input.runId, signal ?? new AbortController().signal),
    ),
  watchList: procedure
    .meta({ permission: 'runs:read' })
    .input(z.strictObject({ workflowId: id }))
    .subscription(({ ctx, input, signal }) =>
      ctx.services.runs.watchList(ctx.caller.scope, input.workflowId, signal ?? new AbortController().signal),
    ),
  watchAll: procedure
    .meta({ permission: 'runs:read' })
    .input(z.strictObject({ customerId: id.optional() }))
    .subscription(({ ctx, input, signal }) =>
      ctx.services.runs.watchAll(ctx.caller.scope, { ...input, signal: signal ?? new AbortController().signal }),
    ),
})
