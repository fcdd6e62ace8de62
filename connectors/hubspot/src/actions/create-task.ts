import { action, z } from '@inlay/sdk/connector'
import { TASK_TO } from '../association-types.js'
import { ownerOptions } from '../choices.js'
import { connectedField, createConnected } from '../connected-record.js'
import { recordSchema, sampleRecord } from '../record.js'

/** Gives somebody something to do. */
export const createTask = action({
  name: 'Create a task',
  description: 'Gives somebody something to do, about contacts, companies and deals.',
  input: z.strictObject({
    subject: z
      .string()
      .min(1)
      .meta({ title: 'Subject', examples: ['Call about the renewal'] }),
    notes: z.string().optional().meta({ title: 'Notes', format: 'multiline' }),
    dueAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ title: 'Due', description: 'Now, when left empty.', examples: ['2026-04-20T09:00:00Z'] }),
    kind: z.enum(['TODO', 'CALL', 'EMAIL']).default('TODO').meta({ title: 'Kind' }),
    priority: z.enum(['LOW', 'MEDIUM', 'HIGH']).optional().meta({ title: 'Priority' }),
    ownerId: z.string().optional().meta({ title: 'Who does it' }),
    contactIds: connectedField('Ids of contacts'),
    companyIds: connectedField('Ids of companies'),
    dealIds: connectedField('Ids of deals'),
  }),
  output: recordSchema,
  sampleInput: { subject: 'Call about the renewal', dueAt: '2026-04-20T09:00:00Z', contactIds: ['512'] },
  sampleOutput: { ...sampleRecord, properties: { hs_task_subject: 'Call about the renewal' } },
  scopes: ['crm.objects.contacts.write'],
  options: { ownerId: ownerOptions },
  // HubSpot knows no idempotency key: repeating after a crash would create a second task.
  delivery: 'at-most-once',
  run: (context) => {
    const { subject, notes, dueAt, kind, priority, ownerId, contactIds, companyIds, dealIds } = context.input
    return createConnected(context, {
      objectType: 'tasks',
      properties: {
        hs_task_subject: subject,
        hs_task_body: notes,
        hs_timestamp: new Date(dueAt ?? Date.now()).toISOString(),
        hs_task_status: 'NOT_STARTED',
        hs_task_type: kind,
        hs_task_priority: priority,
        hubspot_owner_id: ownerId,
      },
      connections: [
        [contactIds, TASK_TO.contacts],
        [companyIds, TASK_TO.companies],
        [dealIds, TASK_TO.deals],
      ],
    })
  },
})
