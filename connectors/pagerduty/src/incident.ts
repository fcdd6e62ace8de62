import { type OptionsContext, z } from '@inlay/sdk/connector'
import { pagerduty } from './pagerduty-api.js'

/** Something that another thing refers to. */
const reference = z.object({
  id: z.string().meta({ title: 'Id' }),
  summary: z.string().nullish().meta({ title: 'Name' }),
})

/** An incident as automations see it. */
export const incidentSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  incident_number: z.number().meta({ title: 'Number' }),
  title: z.string().meta({ title: 'Title' }),
  status: z.string().meta({ title: 'Status', description: 'triggered, acknowledged or resolved' }),
  urgency: z.string().meta({ title: 'Urgency' }),
  html_url: z.string().meta({ title: 'Address' }),
  created_at: z.string().meta({ title: 'Raised' }),
  service: reference.meta({ title: 'Service' }),
  assignments: z
    .array(z.object({ assignee: reference.meta({ title: 'Person' }) }))
    .default([])
    .meta({ title: 'Given to' }),
})

/** An incident, for forms. */
export const sampleIncident = {
  id: 'PT4KHLK',
  incident_number: 1234,
  title: 'The server is on fire.',
  status: 'triggered',
  urgency: 'high',
  html_url: 'https://acme.pagerduty.com/incidents/PT4KHLK',
  created_at: '2026-04-10T20:09:31Z',
  service: { id: 'PIJ90N7', summary: 'Shop' },
  assignments: [{ assignee: { id: 'PXPGF42', summary: 'Kim' } }],
}

/** The field by which actions name an incident. */
export const incidentField = z
  .string()
  .min(1)
  .meta({ title: 'Incident', examples: [sampleIncident.id] })

function named(collection: 'services' | 'escalation_policies' | 'users') {
  return async (context: OptionsContext) => {
    const offset = Number(context.cursor ?? 0)
    const answer = await pagerduty.call(context, {
      url: `/${collection}`,
      query: { limit: 100, offset, query: context.search === '' ? undefined : context.search },
      answer: z.looseObject({ more: z.boolean() }),
    })
    const found = z.array(z.object({ id: z.string(), name: z.string() })).parse(answer[collection])
    return {
      options: found.map(({ id, name }) => ({ value: id, label: name })),
      ...(answer.more ? { nextCursor: String(offset + 100) } : {}),
    }
  }
}

/** Services of the account. */
export const serviceOptions = { isSearchable: true, load: named('services') }
/** Escalation policies of the account. */
export const policyOptions = { isSearchable: true, load: named('escalation_policies') }
/** People of the account. */
export const userOptions = { isSearchable: true, load: named('users') }
