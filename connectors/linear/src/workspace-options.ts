import { type JsonInput, type OptionsContext, type OptionsPage, z } from '@inlay/sdk/connector'
import { ask, connectionOf, nextCursor, PAGE_INFO } from './linear-api.js'

/** The field by which forms name a team. */
export const teamField = z
  .string()
  .min(1)
  .meta({ title: 'Team', examples: ['9cfb482a-81e3-4154-b5b9-2c805e70a02d'] })

const node = z.object({ id: z.string(), name: z.string(), key: z.string().nullish(), email: z.string().nullish() })

/** A list of the workspace: its name in the API, the type of its filter, further fields, and what narrows it. */
interface ListOf {
  readonly list: string
  readonly filterType: string
  readonly fields?: string
  readonly filter?: (context: OptionsContext) => { readonly [field: string]: JsonInput } | undefined
}

function optionsOf({ list, filterType, fields = '', filter }: ListOf) {
  const query = `query Options($after: String, $filter: ${filterType}) {
    ${list}(first: 100, after: $after, filter: $filter) { nodes { id name ${fields} } ${PAGE_INFO} }
  }`
  const answer = z.object({ [list]: connectionOf(node) })
  return async (context: OptionsContext): Promise<OptionsPage> => {
    const named = context.search === '' ? {} : { name: { containsIgnoreCase: context.search } }
    const variables = { after: context.cursor, filter: { ...named, ...filter?.(context) } }
    const found = (await ask(context, { query, variables, answer }))[list]
    const next = found && nextCursor(found)
    return {
      options: (found?.nodes ?? []).map(({ id, name, key, email }) => {
        const description = key ?? email
        return { value: id, label: name, ...(description ? { description } : {}) }
      }),
      ...(next === undefined ? {} : { nextCursor: next }),
    }
  }
}

function teamOf({ input }: OptionsContext): string | undefined {
  const { team } = input
  return typeof team === 'string' && team !== '' ? team : undefined
}

/** Teams of the workspace. */
export const teamOptions = {
  isSearchable: true,
  load: optionsOf({ list: 'teams', filterType: 'TeamFilter', fields: 'key' }),
}

/** People of the workspace. */
export const userOptions = {
  isSearchable: true,
  load: optionsOf({
    list: 'users',
    filterType: 'UserFilter',
    fields: 'email',
    filter: () => ({ active: { eq: true } }),
  }),
}

/** States of the team in the form. */
export const stateOptions = {
  dependsOn: ['team'],
  isSearchable: true,
  load: optionsOf({
    list: 'workflowStates',
    filterType: 'WorkflowStateFilter',
    filter: (context) => {
      const team = teamOf(context)
      return team === undefined ? undefined : { team: { id: { eq: team } } }
    },
  }),
}

/** Labels of the team in the form, and those of the whole workspace. */
export const labelOptions = {
  dependsOn: ['team'],
  isSearchable: true,
  load: optionsOf({
    list: 'issueLabels',
    filterType: 'IssueLabelFilter',
    filter: (context) => {
      const team = teamOf(context)
      return team === undefined ? undefined : { or: [{ team: { id: { eq: team } } }, { team: { null: true } }] }
    },
  }),
}

/** Projects of the team in the form. */
export const projectOptions = {
  dependsOn: ['team'],
  isSearchable: true,
  load: optionsOf({
    list: 'projects',
    filterType: 'ProjectFilter',
    filter: (context) => {
      const team = teamOf(context)
      return team === undefined ? undefined : { accessibleTeams: { some: { id: { eq: team } } } }
    },
  }),
}
