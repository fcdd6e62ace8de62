import { action, z } from '@inlay/sdk/connector'
import { listOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'

const ids = (title: string) =>
  z
    .array(z.string().min(1))
    .max(100_000)
    .default([])
    .meta({ title, examples: [['512']] })

const changed = z.object({
  recordsIdsAdded: z.array(z.string()).default([]),
  recordIdsRemoved: z.array(z.string()).default([]),
  recordIdsMissing: z.array(z.string()).default([]),
})

/** Puts records on a list and takes others off. */
export const changeList = action({
  name: 'Change a list',
  description: 'Puts records on a list and takes others off. Lists that fill themselves cannot be changed so.',
  input: z.strictObject({
    list: z
      .string()
      .min(1)
      .meta({ title: 'List', examples: ['42'] }),
    add: ids('Ids of records to put on it'),
    remove: ids('Ids of records to take off'),
  }),
  output: z.object({
    added: z.array(z.string()).meta({ title: 'Put on it' }),
    removed: z.array(z.string()).meta({ title: 'Taken off' }),
    missing: z.array(z.string()).meta({ title: 'Not found' }),
  }),
  sampleInput: { list: '42', add: ['512'] },
  sampleOutput: { added: ['512'], removed: [], missing: [] },
  scopes: ['crm.lists.read', 'crm.lists.write'],
  options: { list: listOptions },
  run: async (context) => {
    const { list, add, remove } = context.input
    const told = await hubspot.call(context, {
      method: 'PUT',
      url: `/crm/v3/lists/${encodeURIComponent(list)}/memberships/add-and-remove`,
      json: { recordIdsToAdd: add, recordIdsToRemove: remove },
      answer: changed,
    })
    return { added: told.recordsIdsAdded, removed: told.recordIdsRemoved, missing: told.recordIdsMissing }
  },
})
