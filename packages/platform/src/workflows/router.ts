import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import type { Caller } from '../identity/caller.js'
import type { DraftWatcher } from './drafts.js'
import { issueSchema, versionSchema, versionSummarySchema, workflowSchema, workflowSummarySchema } from './schema.js'
import { pinSchema, stepTestSchema } from './step-tests/schema.js'
import { outdatedWorkflowSchema, upgradeCheckSchema } from './upgrades.js'

const id = z.string().max(100)
const name = z.string().trim().min(1).max(200)
const tags = ['Workflows']

export const workflowsRouter = router({
  list: procedure
    .meta({
      permission: 'workflows:read',
      openapi: { method: 'GET', path: '/workflows', tags, summary: 'List workflows' },
    })
    .input(z.strictObject({ ...pageInput, customerId: id.optional(), search: z.string().max(200).optional() }))
    .output(pageOf(workflowSummarySchema))
    .query(({ ctx, input }) => ctx.services.workflows.list(ctx.caller.scope, input)),
  get: procedure
    .meta({
      permission: 'workflows:read',
      openapi: { method: 'GET', path: '/workflows/{id}', tags, summary: 'One workflow' },
    })
    .input(z.strictObject({ id }))
    .output(workflowSchema)
    .query(({ ctx, input }) => ctx.services.workflows.get(ctx.caller.scope, input.id)),
  create: procedure
    .meta({
      permission: 'workflows:write',
      openapi: { method: 'POST', path: '/workflows', tags, summary: 'Create a workflow' },
    })
    .input(z.strictObject({ customerId: id, name, definition: anyJson.optional() }))
    .output(workflowSchema)
    .mutation(({ ctx, input }) => ctx.services.workflows.create(ctx.caller.scope, input)),
  update: procedure
    .meta({
      permission: 'workflows:write',
      openapi: { method: 'PATCH', path: '/workflows/{id}', tags, summary: 'Rename, switch on or off' },
    })
    .input(z.strictObject({ id, name: name.optional(), enabled: z.boolean().optional() }))
    .output(workflowSchema)
    .mutation(({ ctx, input: { id: workflowId, ...changes } }) =>
      ctx.services.workflows.update(ctx.caller.scope, workflowId, changes),
    ),
  saveDraft: procedure
    .meta({
      permission: 'workflows:write',
      openapi: { method: 'PUT', path: '/workflows/{id}/draft', tags, summary: 'Save the draft' },
    })
    .input(z.strictObject({ id, definition: anyJson, baseRevision: z.number().int().min(1) }))
    .output(z.object({ revision: z.number(), issues: z.array(issueSchema) }))
    .mutation(({ ctx, input: { id: workflowId, ...draft } }) =>
      ctx.services.workflows.saveDraft(ctx.caller.scope, workflowId, draft),
    ),
  watchDraft: procedure
    .meta({ permission: 'workflows:read' })
    .input(z.strictObject({ id }))
    .subscription(({ ctx, input, signal }) =>
      ctx.services.drafts.watch(ctx.caller.scope, input.id, {
        watcher: draftWatcher(ctx.caller),
        signal: signal ?? new AbortController().signal,
      }),
    ),
  validate: procedure
    .meta({
      permission: 'workflows:read',
      openapi: { method: 'POST', path: '/workflows/validate', tags, summary: 'Check a definition' },
    })
    .input(z.strictObject({ definition: anyJson, customerId: id.optional() }))
    .output(z.object({ issues: z.array(issueSchema) }))
    .mutation(async ({ ctx, input: { definition, customerId } }) => ({
      issues: await ctx.services.workflows.validate(ctx.caller.scope, definition, customerId),
    })),
  publish: procedure
    .meta({
      permission: 'workflows:publish',
      openapi: { method: 'POST', path: '/workflows/{id}/publish', tags, summary: 'Publish the draft' },
    })
    .input(z.strictObject({ id, revision: z.number().int().min(1).optional() }))
    .output(versionSchema)
    .mutation(({ ctx, input }) =>
      ctx.services.workflows.publish(ctx.caller.scope, input.id, {
        revision: input.revision,
        publishedBy: ctx.caller.id,
      }),
    ),
  versions: procedure
    .meta({
      permission: 'workflows:read',
      openapi: { method: 'GET', path: '/workflows/{id}/versions', tags, summary: 'List versions' },
    })
    .input(z.strictObject({ ...pageInput, id }))
    .output(pageOf(versionSummarySchema))
    .query(({ ctx, input: { id: workflowId, ...page } }) =>
      ctx.services.workflows.listVersions(ctx.caller.scope, workflowId, page),
    ),
  version: procedure
    .meta({
      permission: 'workflows:read',
      openapi: { method: 'GET', path: '/workflows/{id}/versions/{number}', tags, summary: 'One version' },
    })
    .input(z.strictObject({ id, number: z.coerce.number().int().min(1) }))
    .output(versionSchema)
    .query(({ ctx, input }) => ctx.services.workflows.getVersion(ctx.caller.scope, input.id, input.number)),
  versionById: procedure
    .meta({ permission: 'workflows:read' })
    .input(z.strictObject({ versionId: id }))
    .output(z.object({ definition: anyJson, number: z.number().nullable() }))
    .query(({ ctx, input }) => ctx.services.workflows.getDefinition(ctx.caller.scope, input.versionId)),
  delete: procedure
    .meta({
      permission: 'workflows:delete',
      openapi: { method: 'DELETE', path: '/workflows/{id}', tags, summary: 'Delete a workflow' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.workflows.delete(ctx.caller.scope, input.id)
      return {}
    }),
  testRun: procedure
    .meta({
      permission: 'runs:start',
      openapi: { method: 'POST', path: '/workflows/{id}/test-runs', tags, summary: 'Run the draft' },
    })
    .input(z.strictObject({ id, definition: anyJson.optional(), input: anyJson, upTo: id.optional() }))
    .output(z.object({ runId: z.string() }))
    .mutation(async ({ ctx, input: { id: workflowId, ...test } }) => ({
      runId: await ctx.services.workflows.testRun(ctx.caller.scope, workflowId, test),
    })),
  samples: procedure
    .meta({
      permission: 'runs:read',
      openapi: { method: 'GET', path: '/workflows/{id}/samples', tags, summary: 'Latest data of trigger and steps' },
    })
    .input(z.strictObject({ id }))
    .output(
      z.object({ trigger: anyJson.nullable(), steps: z.record(z.string(), anyJson), pinned: z.array(z.string()) }),
    )
    .query(({ ctx, input }) => ctx.services.workflows.samples(ctx.caller.scope, input.id)),
  testStep: procedure
    .meta({
      permission: 'runs:start',
      limit: 'stepTests',
      openapi: {
        method: 'POST',
        path: '/workflows/{id}/steps/{stepId}/test',
        tags,
        summary: 'Try one step with what is known of those before it',
      },
    })
    .input(z.strictObject({ id, stepId: id, definition: anyJson.optional(), trigger: anyJson.optional() }))
    .output(stepTestSchema)
    .mutation(({ ctx, input: { id: workflowId, ...test } }) =>
      ctx.services.stepTests.test(ctx.caller.scope, workflowId, test),
    ),
  pins: procedure
    .meta({
      permission: 'runs:read',
      openapi: { method: 'GET', path: '/workflows/{id}/pins', tags, summary: 'Data that stands in for steps in tests' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({ data: z.array(pinSchema) }))
    .query(async ({ ctx, input }) => ({ data: await ctx.services.stepTests.pins(ctx.caller.scope, input.id) })),
  pin: procedure
    .meta({
      permission: 'workflows:write',
      openapi: {
        method: 'PUT',
        path: '/workflows/{id}/pins/{stepId}',
        tags,
        summary: 'Let data stand in for a step in tests',
      },
    })
    .input(z.strictObject({ id, stepId: id, value: anyJson }))
    .output(z.object({}))
    .mutation(async ({ ctx, input: { id: workflowId, ...pin } }) => {
      await ctx.services.stepTests.pin(ctx.caller.scope, workflowId, pin)
      return {}
    }),
  unpin: procedure
    .meta({
      permission: 'workflows:write',
      openapi: {
        method: 'DELETE',
        path: '/workflows/{id}/pins/{stepId}',
        tags,
        summary: 'Let a step run in tests again',
      },
    })
    .input(z.strictObject({ id, stepId: id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.stepTests.unpin(ctx.caller.scope, input.id, input.stepId)
      return {}
    }),
  upgradeCheck: procedure
    .meta({
      permission: 'workflows:read',
      openapi: {
        method: 'POST',
        path: '/workflows/{id}/upgrade-check',
        tags,
        summary: 'What newer versions of connectors would change',
      },
    })
    .input(z.strictObject({ id }))
    .output(upgradeCheckSchema)
    .mutation(({ ctx, input }) => ctx.services.upgrades.check(ctx.caller.scope, input.id)),
  upgrade: procedure
    .meta({
      permission: 'workflows:write',
      openapi: {
        method: 'POST',
        path: '/workflows/{id}/upgrade',
        tags,
        summary: 'Write a draft with the newest versions of connectors',
      },
    })
    .input(
      z.strictObject({
        id,
        revision: z.number().int().min(1).optional(),
        connectors: z.array(id).max(100).optional(),
        acceptBreaking: z.boolean().default(false),
      }),
    )
    .output(z.object({ revision: z.number(), issues: z.array(issueSchema) }))
    .mutation(({ ctx, input: { id: workflowId, ...request } }) =>
      ctx.services.upgrades.upgrade(ctx.caller.scope, workflowId, request),
    ),
  outdated: procedure
    .meta({
      permission: 'workflows:read',
      openapi: {
        method: 'GET',
        path: '/connectors/{connector}/upgrades',
        tags: ['Connectors'],
        summary: 'Workflows that run on an older version of a connector',
      },
    })
    .input(z.strictObject({ ...pageInput, connector: id }))
    .output(pageOf(outdatedWorkflowSchema))
    .query(({ ctx, input: { connector, ...page } }) =>
      ctx.services.upgrades.ofConnector(ctx.caller.scope, connector, page),
    ),
})

/** What others who have the same draft open are told of a caller. */
function draftWatcher(caller: Caller): DraftWatcher {
  const name = caller.kind === 'member' ? caller.member.name : caller.kind === 'embed' ? caller.endUser.name : null
  return {
    personId: caller.id,
    name,
    isMember: caller.kind !== 'embed',
    mayEdit: caller.permissions.includes('workflows:write'),
  }
}
