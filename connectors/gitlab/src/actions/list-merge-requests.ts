import { action, collectPages, z } from '@inlay/sdk/connector'
import { mergeRequestSchema, sampleMergeRequest } from '../issue.js'
import { branchOptions, projectField, projectOptions, projectPath, readPage } from '../project.js'

/** Lists merge requests of a project. */
export const listMergeRequests = action({
  name: 'List merge requests',
  description: 'Lists merge requests of a project, newest first, over as many pages as it takes.',
  input: z.strictObject({
    project: projectField,
    state: z.enum(['opened', 'closed', 'merged', 'all']).default('opened').meta({ title: 'State' }),
    targetBranch: z.string().optional().meta({ title: 'Into the branch' }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ mergeRequests: z.array(mergeRequestSchema).meta({ title: 'Merge requests' }) }),
  sampleInput: { project: 'acme/shop' },
  sampleOutput: { mergeRequests: [sampleMergeRequest] },
  scopes: ['api'],
  options: { project: projectOptions, targetBranch: branchOptions },
  run: async (context) => {
    const { project, state, targetBranch, limit } = context.input
    const query = { state: state === 'all' ? undefined : state, target_branch: targetBranch }
    const url = `${projectPath(project)}/merge_requests`
    const read = (page: number) => readPage(context, { url, query, item: mergeRequestSchema, page })
    return { mergeRequests: await collectPages(read, 1, { maxItems: limit }) }
  },
})
