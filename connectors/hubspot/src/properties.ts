import {
  type FormContext,
  type JsonObject,
  type OptionsContext,
  type SelectOption,
  type ServiceContext,
  z,
} from '@inlay/sdk/connector'
import { hubspot } from './hubspot-api.js'

const property = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string(),
  description: z.string().nullish(),
  hidden: z.boolean().nullish(),
  calculated: z.boolean().nullish(),
  hasUniqueValue: z.boolean().nullish(),
  options: z.array(z.object({ label: z.string(), value: z.string(), hidden: z.boolean().nullish() })).default([]),
  modificationMetadata: z.object({ readOnlyValue: z.boolean().nullish() }).nullish(),
})
type Property = z.output<typeof property>

async function visibleProperties(context: ServiceContext & { readonly input: JsonObject }): Promise<Property[]> {
  const { results } = await hubspot.call(context, {
    url: `/crm/v3/properties/${encodeURIComponent(String(context.input['objectType']))}`,
    answer: z.object({ results: z.array(property) }),
  })
  return results.filter(({ hidden }) => hidden !== true)
}

/** The shape of the properties that can be set on the kind of record in the form. */
export const propertiesSchema = {
  dependsOn: ['objectType'],
  load: async (context: FormContext): Promise<JsonObject> => {
    const all = await visibleProperties(context)
    const writable = all.filter(
      ({ calculated, modificationMetadata }) => calculated !== true && modificationMetadata?.readOnlyValue !== true,
    )
    return {
      type: 'object',
      properties: Object.fromEntries(writable.map((each) => [each.name, toJsonSchema(each)])),
      additionalProperties: true,
    }
  },
}

/** The shape of a record of the kind in the form. */
export const recordOutputSchema = {
  dependsOn: ['objectType'],
  load: async (context: FormContext): Promise<JsonObject> => {
    const all = await visibleProperties(context)
    const text = (title: string): JsonObject => ({ type: 'string', title })
    const values = all.map(({ name, label }) => [name, { type: ['string', 'null'], title: label }])
    return {
      type: 'object',
      properties: {
        id: text('Id'),
        properties: { type: 'object', title: 'Properties', properties: Object.fromEntries(values) },
        createdAt: text('Created'),
        updatedAt: text('Changed'),
      },
    }
  },
}

/** Properties of the kind of record in the form. */
export const propertyOptions = {
  dependsOn: ['objectType'],
  load: async (context: OptionsContext): Promise<SelectOption[]> => (await visibleProperties(context)).map(toOption),
}

/** Properties by which a record of the kind in the form is found: no two records have the same value. */
export const uniquePropertyOptions = {
  dependsOn: ['objectType'],
  load: async (context: OptionsContext): Promise<SelectOption[]> => {
    const isEmail = (name: string): boolean => context.input['objectType'] === 'contacts' && name === 'email'
    const all = await visibleProperties(context)
    return all.filter(({ name, hasUniqueValue }) => hasUniqueValue === true || isEmail(name)).map(toOption)
  },
}

function toOption({ name, label }: Property): SelectOption {
  return { value: name, label, description: name }
}

function toJsonSchema({ label, description, type, fieldType, options }: Property): JsonObject {
  const about = { title: label, ...(description ? { description } : {}) }
  const choices = options.filter(({ hidden }) => hidden !== true).map(({ value }) => value)
  if (type === 'number') return { ...about, type: 'number' }
  if (type === 'bool') return { ...about, type: 'boolean' }
  if (type === 'date') return { ...about, type: 'string', format: 'date' }
  if (type === 'datetime') return { ...about, type: 'string', format: 'date-time' }
  if (type === 'enumeration' && choices.length > 0) {
    const choice: JsonObject = { type: 'string', enum: choices }
    return fieldType === 'checkbox' ? { ...about, type: 'array', items: choice } : { ...about, ...choice }
  }
  return { ...about, type: 'string' }
}
