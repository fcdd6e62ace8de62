import { action, z } from '@inlay/sdk/connector'
import { ask } from '../linear-api.js'
import { madeOnce } from '../made-once.js'
import { PROJECT_FIELDS, projectSchema, sampleProject } from '../project.js'
import { requestId } from '../request-id.js'
import { teamOptions, userOptions } from '../workspace-options.js'

const query = `mutation CreateProject($input: ProjectCreateInput!) {
  projectCreate(input: $input) { project { ${PROJECT_FIELDS} } }
}`
const answer = z.object({ projectCreate: z.object({ project: projectSchema }) })
const readQuery = `query Project($id: String!) { project(id: $id) { ${PROJECT_FIELDS} } }`
const readAnswer = z.object({ project: projectSchema })

/** Makes a project. */
export const createProject = action({
  name: 'Create a project',
  description: 'Makes a project of one team or several.',
  input: z.strictObject({
    name: z
      .string()
      .min(1)
      .meta({ title: 'Name', examples: ['New shop'] }),
    teams: z
      .array(z.string())
      .min(1)
      .meta({ title: 'Teams', examples: [['9cfb482a-81e3-4154-b5b9-2c805e70a02d']] }),
    description: z.string().max(255).optional().meta({ title: 'Summary' }),
    content: z.string().optional().meta({ title: 'Text', format: 'multiline', description: 'In Markdown.' }),
    lead: z.string().optional().meta({ title: 'Lead' }),
    startDate: z.iso.date().optional().meta({ title: 'Starts' }),
    targetDate: z.iso.date().optional().meta({ title: 'Shall end' }),
  }),
  output: projectSchema,
  sampleInput: { name: 'New shop', teams: ['9cfb482a-81e3-4154-b5b9-2c805e70a02d'] },
  sampleOutput: sampleProject,
  scopes: ['write'],
  options: { teams: teamOptions, lead: userOptions },
  run: (context) => {
    const { teams, lead, ...fields } = context.input
    const id = requestId(context.idempotencyKey)
    const variables = { input: { id, teamIds: teams, leadId: lead, ...fields } }
    return madeOnce(
      async () => (await ask(context, { query, variables, answer })).projectCreate.project,
      async () => (await ask(context, { query: readQuery, variables: { id }, answer: readAnswer })).project,
    )
  },
})
