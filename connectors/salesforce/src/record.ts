import { jsonValue, z } from '@inlay/sdk/connector'
import { DATA } from './salesforce-api.js'

/** The field by which actions and triggers name a kind of record. */
export const objectField = z
  .string()
  .regex(/^[A-Za-z]\w{0,79}$/, 'must be the API name of an object, such as Account or Invoice__c')
  .meta({ title: 'Object', description: 'The kind of record.', examples: ['Account'] })

/** The field by which actions name a record. */
export const recordIdField = z
  .string()
  .regex(/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/, 'must be an id of 15 or 18 letters and digits')
  .meta({ title: 'Record id', examples: ['001000000000001AAA'] })

/** Values by the API names of fields. */
export const valuesField = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .meta({ title: 'Fields', examples: [{ Name: 'Acme' }] })

/** The API name of a field, also of a related record. */
export const fieldNameField = z
  .string()
  .regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/, 'must be the API name of a field, such as Name or Owner.Name')

/** Which fields an answer is to hold. */
export const wantedField = z
  .array(fieldNameField)
  .default([])
  .meta({
    title: 'Fields to read',
    description: 'All, when left empty.',
    examples: [['Name', 'Industry']],
  })

/** A record: the fields that were asked for, and what it is. */
export const recordSchema = z.record(z.string(), jsonValue).meta({ title: 'Record' })

/** What Salesforce answers to a record that was created. */
export const savedSchema = z.object({
  id: z.string().meta({ title: 'Record id' }),
  success: z.boolean().meta({ title: 'Was saved' }),
  created: z.boolean().optional().meta({ title: 'Is new' }),
})

/** A page of a query. */
export const queryPage = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().nullish(),
  records: z.array(recordSchema),
})

/** A record as Salesforce gives it. */
export const sampleRecord = {
  attributes: { type: 'Account', url: '/services/data/v66.0/sobjects/Account/001000000000001AAA' },
  Id: '001000000000001AAA',
  Name: 'Acme',
  Industry: 'Manufacturing',
  CreatedDate: '2026-04-01T09:00:00.000+0000',
  SystemModstamp: '2026-04-10T20:09:31.000+0000',
}

/** The path of a kind of record, or of something below it. */
export function objectPath(object: string, ...below: readonly string[]): string {
  return [`${DATA}/sobjects`, object, ...below]
    .map((part, at) => (at === 0 ? part : encodeURIComponent(part)))
    .join('/')
}
