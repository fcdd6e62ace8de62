import { z } from '@inlay/sdk/connector'

/** What queries ask of a project. */
export const PROJECT_FIELDS =
  'id name description url progress startDate targetDate status { name type } lead { id name }'

/** What automations need of a project. */
export const projectSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  name: z.string().meta({ title: 'Name' }),
  description: z.string().meta({ title: 'Summary' }),
  url: z.string().meta({ title: 'Address' }),
  progress: z.number().meta({ title: 'Progress', description: 'From 0 to 1.' }),
  startDate: z.string().nullable().meta({ title: 'Starts' }),
  targetDate: z.string().nullable().meta({ title: 'Shall end' }),
  status: z
    .object({ name: z.string().meta({ title: 'Name' }), type: z.string().meta({ title: 'Kind' }) })
    .meta({ title: 'Status' }),
  lead: z
    .object({ id: z.string().meta({ title: 'Id' }), name: z.string().meta({ title: 'Name' }) })
    .nullable()
    .meta({ title: 'Lead' }),
})

/** A project as Linear gives it. */
export const sampleProject = {
  id: 'f4c2a1b0-0000-4000-8000-000000000005',
  name: 'New shop',
  description: 'The shop on its new base.',
  url: 'https://linear.app/acme/project/new-shop-f4c2a1b0',
  progress: 0.4,
  startDate: '2026-04-01',
  targetDate: '2026-06-30',
  status: { name: 'In Progress', type: 'started' },
  lead: { id: 'b2f5c9d0-0000-4000-8000-000000000002', name: 'Kim' },
}
