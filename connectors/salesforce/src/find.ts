import { type ServiceContext, StepError, z } from '@inlay/sdk/connector'
import { fieldTypes } from './describe.js'
import { fieldNameField } from './record.js'

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** One condition on a field. */
export const conditionField = z.strictObject({
  field: fieldNameField.meta({ title: 'Field', examples: ['Industry'] }),
  operator: z
    .enum(['=', '!=', '<', '<=', '>', '>=', 'contains', 'begins with', 'is one of'])
    .default('=')
    .meta({ title: 'Comparison' }),
  value: z
    .union([scalar, z.array(scalar).min(1).max(200)])
    .meta({ title: 'Value', description: 'Null for nothing; a list for "is one of".', examples: ['Energy'] }),
})
type Condition = z.output<typeof conditionField>

/** What is to be found. */
export interface Wanted {
  readonly object: string
  readonly conditions: readonly Condition[]
  readonly match: 'all' | 'any'
  readonly fields: readonly string[]
  readonly sortBy?: string | undefined
  readonly direction: 'ASC' | 'DESC'
  readonly limit: number
}

/**
 * The SOQL that finds it. How a value is written depends on the type of its field: texts in quotes, times without.
 *
 * @throws StepError `validation` for values that do not fit the field
 */
export async function selectOf(context: ServiceContext, wanted: Wanted): Promise<string> {
  const { object, conditions, match, fields, sortBy, direction, limit } = wanted
  const types = conditions.length === 0 ? new Map<string, string>() : await fieldTypes(context, object)
  // Not every object has a name; of all fields, own ones too, Salesforce gives no more than 200 records.
  const columns = fields.length === 0 ? 'FIELDS(STANDARD)' : [...new Set(['Id', ...fields])].join(', ')
  const where = conditions.map((each) => clauseOf(each, types.get(each.field)))
  return [
    `SELECT ${columns} FROM ${object}`,
    ...(where.length === 0 ? [] : [`WHERE ${where.join(match === 'all' ? ' AND ' : ' OR ')}`]),
    ...(sortBy === undefined ? [] : [`ORDER BY ${sortBy} ${direction}`]),
    `LIMIT ${limit}`,
  ].join(' ')
}

function clauseOf({ field, operator, value }: Condition, type: string | undefined): string {
  const values = Array.isArray(value) ? value : [value]
  if (operator === 'is one of')
    return `${field} IN (${values.map((each) => literalOf(each, { field, type })).join(', ')})`
  const [single] = values
  if (values.length !== 1 || single === undefined)
    throw invalid(field, 'has several values; only "is one of" takes a list')
  if (operator === 'contains' || operator === 'begins with') {
    const pattern = escapeText(String(single)).replace(/[%_]/g, '\\$&')
    return `${field} LIKE '${operator === 'contains' ? '%' : ''}${pattern}%'`
  }
  return `${field} ${operator} ${literalOf(single, { field, type })}`
}

const BARE: Readonly<Record<string, RegExp>> = {
  date: /^(\d{4}-\d\d-\d\d|[A-Z_]+(:\d+)?)$/,
  datetime: /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)|[A-Z_]+(:\d+)?)$/,
  boolean: /^(true|false)$/i,
  int: /^-?\d+$/,
  long: /^-?\d+$/,
  double: /^-?\d+(\.\d+)?$/,
  currency: /^([A-Z]{3})?-?\d+(\.\d+)?$/,
  percent: /^-?\d+(\.\d+)?$/,
}

function literalOf(
  value: z.output<typeof scalar>,
  { field, type }: { readonly field: string; readonly type: string | undefined },
): string {
  if (value === null) return 'null'
  const bare = BARE[type ?? '']
  // Fields of related records are not described here: what is no text is written bare.
  if (bare === undefined)
    return type === undefined && typeof value !== 'string' ? `${value}` : `'${escapeText(`${value}`)}'`
  if (bare.test(`${value}`)) return `${value}`
  throw invalid(field, `is of type ${type}, which "${value}" is not`)
}

/** Quotes and backslashes would end the text early. */
function escapeText(text: string): string {
  return text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r')
}

function invalid(field: string, what: string): StepError {
  return new StepError('validation', `The condition on "${field}" is not valid`, { detail: `"${field}" ${what}.` })
}
