import { action, z } from '@inlay/sdk/connector'
import { DEAL_TO } from '../association-types.js'
import { ownerOptions, pipelineOptions, stageOptions } from '../choices.js'
import { connectedField, createConnected } from '../connected-record.js'
import { recordSchema, sampleRecord } from '../record.js'

/** Opens a deal in a pipeline. */
export const createDeal = action({
  name: 'Create a deal',
  description: 'Opens a deal in a stage of a pipeline.',
  input: z.strictObject({
    name: z
      .string()
      .min(1)
      .meta({ title: 'Name', examples: ['Acme renewal'] }),
    pipeline: z
      .string()
      .min(1)
      .meta({ title: 'Pipeline', examples: ['default'] }),
    stage: z
      .string()
      .min(1)
      .meta({ title: 'Stage', examples: ['appointmentscheduled'] }),
    amount: z.coerce.number().optional().meta({ title: 'Amount' }),
    closeDate: z.iso
      .date()
      .optional()
      .meta({ title: 'Expected to close on', examples: ['2026-06-30'] }),
    ownerId: z.string().optional().meta({ title: 'Owner' }),
    contactIds: connectedField('Ids of contacts'),
    companyIds: connectedField('Ids of companies'),
  }),
  output: recordSchema,
  sampleInput: { name: 'Acme renewal', pipeline: 'default', stage: 'appointmentscheduled', amount: 1500 },
  sampleOutput: { ...sampleRecord, properties: { dealname: 'Acme renewal', amount: '1500' } },
  scopes: ['crm.objects.deals.write'],
  options: { pipeline: pipelineOptions('deals'), stage: stageOptions('deals'), ownerId: ownerOptions },
  // HubSpot knows no idempotency key: repeating after a crash would open a second deal.
  delivery: 'at-most-once',
  run: (context) => {
    const { name, pipeline, stage, amount, closeDate, ownerId, contactIds, companyIds } = context.input
    return createConnected(context, {
      objectType: 'deals',
      properties: {
        dealname: name,
        pipeline,
        dealstage: stage,
        amount: amount === undefined ? undefined : String(amount),
        closedate: closeDate,
        hubspot_owner_id: ownerId,
      },
      connections: [
        [contactIds, DEAL_TO.contacts],
        [companyIds, DEAL_TO.companies],
      ],
    })
  },
})
