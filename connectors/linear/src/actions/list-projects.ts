import { action, collectPages, z } from '@inlay/sdk/connector'
import { ask, connectionOf, nextCursor, PAGE_INFO } from '../linear-api.js'
import { PROJECT_FIELDS, projectSchema, sampleProject } from '../project.js'
import { teamOptions } from '../workspace-options.js'

const query = `query Projects($filter: ProjectFilter, $first: Int, $after: String) {
  projects(filter: $filter, first: $first, after: $after) { nodes { ${PROJECT_FIELDS} } ${PAGE_INFO} }
}`
const answer = z.object({ projects: connectionOf(projectSchema) })

/** Lists projects. */
export const listProjects = action({
  name: 'List projects',
  description: 'Lists the projects of the workspace, or of one team.',
  input: z.strictObject({
    team: z.string().optional().meta({ title: 'Team' }),
    limit: z.coerce.number().int().min(1).max(500).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({ projects: z.array(projectSchema).meta({ title: 'Projects' }) }),
  sampleInput: {},
  sampleOutput: { projects: [sampleProject] },
  scopes: ['read'],
  options: { team: teamOptions },
  run: async (context) => {
    const { team, limit } = context.input
    const filter = team === undefined ? undefined : { accessibleTeams: { some: { id: { eq: team } } } }
    const read = async (after: string) => {
      const variables = { filter, first: Math.min(50, limit), after: after === '' ? undefined : after }
      const { projects } = await ask(context, { query, variables, answer })
      return { items: projects.nodes, next: nextCursor(projects) }
    }
    return { projects: await collectPages(read, '', { maxItems: limit }) }
  },
})
