import { type OptionsContext, type OptionsPage, type SelectOption, z } from '@inlay/sdk/connector'
import { hubspot } from './hubspot-api.js'

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

const named = z.object({ id: z.string(), label: z.string() })
const pipelines = z.object({ results: z.array(named.extend({ stages: z.array(named) })) })

/** Pipelines of deals. */
export async function pipelineOptions(context: OptionsContext): Promise<SelectOption[]> {
  const { results } = await hubspot.call(context, { url: '/crm/v3/pipelines/deals', answer: pipelines })
  return results.map(({ id, label }) => ({ value: id, label }))
}

/** Stages of the pipeline in the form. */
export const stageOptions = {
  dependsOn: ['pipeline'],
  load: async (context: OptionsContext): Promise<SelectOption[]> => {
    const { results } = await hubspot.call(context, { url: '/crm/v3/pipelines/deals', answer: pipelines })
    const chosen = results.find(({ id }) => id === context.input['pipeline'])
    return (chosen?.stages ?? []).map(({ id, label }) => ({ value: id, label }))
  },
}
