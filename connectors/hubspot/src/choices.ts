import { type OptionsContext, type OptionsPage, type SelectOption, z } from '@inlay/sdk/connector'
import { hubspot, lacksScopes } from './hubspot-api.js'
import { OBJECT_TYPES } from './record.js'

/** What automations need of an owner. */
export const ownerSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  email: z.string().nullish().meta({ title: 'E-mail' }),
  firstName: z.string().nullish().meta({ title: 'First name' }),
  lastName: z.string().nullish().meta({ title: 'Last name' }),
})

/** A page of owners. */
export const ownerPage = z.object({
  results: z.array(ownerSchema),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
})

/** People who can own records. */
export async function ownerOptions(context: OptionsContext): Promise<OptionsPage> {
  const query = { limit: 100, after: context.cursor }
  const { results, paging } = await hubspot.call(context, { url: '/crm/v3/owners', query, answer: ownerPage })
  const options = results.map(({ id, email, firstName, lastName }) => {
    const name = [firstName, lastName].filter((part) => part).join(' ')
    return { value: id, label: name || email || id, ...(name && email ? { description: email } : {}) }
  })
  return { options, ...(paging?.next ? { nextCursor: paging.next.after } : {}) }
}

const schemas = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      objectTypeId: z.string().nullish(),
      name: z.string(),
      labels: z.object({ plural: z.string().nullish() }).nullish(),
    }),
  ),
})

/** Kinds of records: those of every account, and its custom objects as far as the connection may read them. */
export async function objectTypeOptions(context: OptionsContext): Promise<SelectOption[]> {
  const url = '/crm-object-schemas/v3/schemas'
  const { results } = await hubspot.call(context, { url, answer: schemas }).catch((error: unknown) => {
    // Most accounts have none, and need no permission for them.
    if (lacksScopes(error)) return { results: [] }
    throw error
  })
  const custom = results.map(({ id, objectTypeId, name, labels }) => {
    // Events name custom objects by this id, which begins with 2 for all of them.
    const value = objectTypeId ?? (id.includes('-') ? id : `2-${id}`)
    return { value, label: labels?.plural || name, description: 'Custom object' }
  })
  return [...OBJECT_TYPES.map((type) => ({ value: type, label: titleOf(type) })), ...custom]
}

function titleOf(type: string): string {
  return `${type.charAt(0).toUpperCase()}${type.slice(1)}`
}

const listPage = z.object({
  hasMore: z.boolean(),
  offset: z.number(),
  lists: z.array(z.object({ listId: z.string(), name: z.string(), processingType: z.string() })),
})

/** Lists whose members are put there one by one; others fill themselves. */
export const listOptions = {
  isSearchable: true,
  load: async (context: OptionsContext): Promise<OptionsPage> => {
    const { search, cursor } = context
    const { lists, hasMore, offset } = await hubspot.call(context, {
      method: 'POST',
      url: '/crm/v3/lists/search',
      json: {
        query: search === '' ? undefined : search,
        processingTypes: ['MANUAL', 'SNAPSHOT'],
        offset: Number(cursor ?? 0),
        count: 100,
        additionalProperties: [],
      },
      answer: listPage,
    })
    const options = lists.map(({ listId, name }) => ({ value: listId, label: name }))
    return { options, ...(hasMore ? { nextCursor: String(offset) } : {}) }
  },
}

const named = z.object({ id: z.string(), label: z.string() })
const pipelines = z.object({ results: z.array(named.extend({ stages: z.array(named) })) })

/** The kinds of records that go through pipelines. */
type Piped = 'deals' | 'tickets'

async function pipelinesOf(context: OptionsContext, type: Piped) {
  return (await hubspot.call(context, { url: `/crm/v3/pipelines/${type}`, answer: pipelines })).results
}

/** Pipelines of a kind of record. */
export function pipelineOptions(type: Piped) {
  return async (context: OptionsContext): Promise<SelectOption[]> =>
    (await pipelinesOf(context, type)).map(({ id, label }) => ({ value: id, label }))
}

/** Stages of the pipeline in the form. */
export function stageOptions(type: Piped) {
  return {
    dependsOn: ['pipeline'],
    load: async (context: OptionsContext): Promise<SelectOption[]> => {
      const chosen = (await pipelinesOf(context, type)).find(({ id }) => id === context.input['pipeline'])
      return (chosen?.stages ?? []).map(({ id, label }) => ({ value: id, label }))
    },
  }
}
