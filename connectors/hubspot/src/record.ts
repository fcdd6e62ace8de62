import { z } from '@inlay/sdk/connector'

/** The kinds of records that every account has. */
export const OBJECT_TYPES = ['contacts', 'companies', 'deals', 'tickets'] as const

/** The field by which actions and triggers say what kind of record they are about. */
export const objectTypeField = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,200}$/, 'must be contacts, companies, deals, tickets or the id of a custom object')
  .meta({ title: 'Kind of record', examples: ['contacts'] })

/** As `objectTypeField`, where a custom object will not do. */
export const usualTypeField = z.enum(OBJECT_TYPES).meta({ title: 'Kind of record', examples: ['contacts'] })

/** Whether every account has this kind of record; others are custom objects. */
export function isUsualType(objectType: string): boolean {
  return OBJECT_TYPES.some((each) => each === objectType)
}

/** The field by which actions name a record. */
export const recordIdField = z
  .string()
  .min(1)
  .meta({ title: 'Record id', examples: ['512'] })

/** Values by the internal names of properties. */
export const propertiesField = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
  .meta({ title: 'Properties', examples: [{ email: 'kim@acme.example' }] })

/** Which properties an answer is to hold. */
export const wantedField = z
  .array(z.string())
  .default([])
  .meta({
    title: 'Properties to read',
    description: 'The usual ones, when left empty.',
    examples: [['email', 'lifecyclestage']],
  })

/** What automations need of a record. */
export const recordSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  properties: z.record(z.string(), z.string().nullable()).meta({ title: 'Properties' }),
  createdAt: z.string().meta({ title: 'Created' }),
  updatedAt: z.string().meta({ title: 'Changed' }),
  archived: z.boolean().default(false).meta({ title: 'Is archived' }),
})

/** A page of records. */
export const recordPage = z.object({
  total: z.number().optional(),
  results: z.array(recordSchema),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
})

/** A contact as HubSpot gives it. */
export const sampleRecord = {
  id: '512',
  properties: { email: 'kim@acme.example', firstname: 'Kim', lastmodifieddate: '2026-04-10T20:09:31.123Z' },
  createdAt: '2026-04-01T09:00:00.000Z',
  updatedAt: '2026-04-10T20:09:31.123Z',
  archived: false,
}

/** The path of records of a kind, or of one of them. */
export function recordPath(objectType: string, id?: string): string {
  const path = `/crm/v3/objects/${encodeURIComponent(objectType)}`
  return id === undefined ? path : `${path}/${encodeURIComponent(id)}`
}

/** Values as HubSpot takes them: texts, lists with semicolons, nothing as an empty text. */
export function toProperties(values: z.output<typeof propertiesField>): Record<string, string> {
  const toText = (value: z.output<typeof propertiesField>[string]): string =>
    value === null ? '' : Array.isArray(value) ? value.join(';') : String(value)
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toText(value)]))
}
