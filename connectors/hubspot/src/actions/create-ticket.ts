import { action, z } from '@inlay/sdk/connector'
import { TICKET_TO } from '../association-types.js'
import { ownerOptions, pipelineOptions, stageOptions } from '../choices.js'
import { connectedField, createConnected } from '../connected-record.js'
import { recordSchema, sampleRecord } from '../record.js'

/** Opens a ticket in a pipeline. */
export const createTicket = action({
  name: 'Create a ticket',
  description: 'Opens a ticket in a stage of a pipeline.',
  input: z.strictObject({
    subject: z
      .string()
      .min(1)
      .meta({ title: 'Subject', examples: ['Delivery is late'] }),
    content: z.string().optional().meta({ title: 'Description', format: 'multiline' }),
    pipeline: z
      .string()
      .min(1)
      .meta({ title: 'Pipeline', examples: ['0'] }),
    stage: z
      .string()
      .min(1)
      .meta({ title: 'Stage', examples: ['1'] }),
    priority: z.enum(['LOW', 'MEDIUM', 'HIGH', 'URGENT']).optional().meta({ title: 'Priority' }),
    ownerId: z.string().optional().meta({ title: 'Owner' }),
    contactIds: connectedField('Ids of contacts'),
    companyIds: connectedField('Ids of companies'),
  }),
  output: recordSchema,
  sampleInput: { subject: 'Delivery is late', pipeline: '0', stage: '1', priority: 'HIGH' },
  sampleOutput: { ...sampleRecord, properties: { subject: 'Delivery is late', hs_pipeline_stage: '1' } },
  scopes: ['tickets'],
  options: { pipeline: pipelineOptions('tickets'), stage: stageOptions('tickets'), ownerId: ownerOptions },
  // HubSpot knows no idempotency key: repeating after a crash would open a second ticket.
  delivery: 'at-most-once',
  run: (context) => {
    const { subject, content, pipeline, stage, priority, ownerId, contactIds, companyIds } = context.input
    return createConnected(context, {
      objectType: 'tickets',
      properties: {
        subject,
        content,
        hs_pipeline: pipeline,
        hs_pipeline_stage: stage,
        hs_ticket_priority: priority,
        hubspot_owner_id: ownerId,
      },
      connections: [
        [contactIds, TICKET_TO.contacts],
        [companyIds, TICKET_TO.companies],
      ],
    })
  },
})
