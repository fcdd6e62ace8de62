import { newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { listAll } from '../lists.js'
import { releaseSchema, sampleRelease } from '../release.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

/** Releases are listed by when they were made, drafts among them, and may be published later. */
const MOST_DRAFTS = 100

/** Starts for each release that is published. */
export const newRelease = pollingTrigger({
  name: 'New release',
  description: 'Starts for each release that is published. Asks GitHub every few minutes; needs no rights but to read.',
  input: z.strictObject({
    repository: repositoryField,
    prereleases: z.boolean().default(true).meta({ title: 'Pre-releases too' }),
  }),
  output: releaseSchema,
  sampleOutput: sampleRelease,
  options: { repository: repositoryOptions },
  poll: async (context) => {
    const { repository, prereleases } = context.input
    const url = `${repositoryPath(repository)}/releases`
    const releases = await listAll(context, { url, item: releaseSchema, limit: MOST_DRAFTS })
    const published = releases.flatMap((release) => {
      const { published_at: at, draft, prerelease } = release
      return at === null || draft || (prerelease && !prereleases) ? [] : [{ release, at }]
    })
    return newByTime(published, {
      cursor: context.cursor,
      idOf: ({ release }) => String(release.id),
      timeOf: ({ at }) => at,
      dataOf: ({ release }) => release,
    })
  },
})
