import { hasStatus, newById, type PollContext, pollingTrigger, z } from '@inlay/sdk/connector'
import { commitSchema, listedCommit, sampleCommit, toCommit } from '../commit.js'
import { listAll } from '../lists.js'
import { branchOptions } from '../pull-request.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

/** More at a time is somebody else's history, put in the place of this one. */
const MOST_AT_ONCE = 300

const input = z.strictObject({
  repository: repositoryField,
  branch: z
    .string()
    .optional()
    .meta({ title: 'Branch', description: 'By default the main branch.', examples: ['main'] }),
})

/** Starts for each new commit of a branch. */
export const newCommit = pollingTrigger({
  name: 'New commit',
  description: `Starts for each commit that comes to a branch, whenever it was made; at most ${MOST_AT_ONCE} at a time. Asks GitHub every few minutes.`,
  input,
  output: commitSchema,
  sampleOutput: sampleCommit,
  scopes: ['repo'],
  options: { repository: repositoryOptions, branch: branchOptions },
  poll: async (context) => {
    const { cursor } = context
    const known = new Set(Array.isArray(cursor) ? cursor : [])
    const commits = await readCommits(context, known)
    // What was taken from a branch lets older ones move up at the end of the list: they are not new.
    const end = commits.findLastIndex(({ sha }) => known.has(sha)) + 1
    const recent = end === 0 ? commits : commits.slice(0, end)
    return newById(recent.map(toCommit), { cursor, idOf: ({ sha }) => sha, isNewestFirst: true })
  },
})

async function readCommits(context: PollContext<z.output<typeof input>>, known: ReadonlySet<unknown>) {
  const { repository, branch } = context.input
  try {
    return await listAll(context, {
      url: `${repositoryPath(repository)}/commits`,
      query: { sha: branch },
      item: listedCommit,
      limit: MOST_AT_ONCE,
      isEnough: (page) => context.isFirst || known.has(page.at(-1)?.sha),
    })
  } catch (error) {
    // GitHub refuses to list what an empty repository has.
    if (hasStatus(error, 409)) return []
    throw error
  }
}
