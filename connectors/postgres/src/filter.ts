import { jsonValue, z } from '@inlay/sdk/connector'
import { quoted } from './table.js'

const COMPARISONS = {
  equals: '=',
  notEquals: '<>',
  greater: '>',
  greaterOrEqual: '>=',
  less: '<',
  lessOrEqual: '<=',
} as const

const OPERATORS = [
  ...(Object.keys(COMPARISONS) as (keyof typeof COMPARISONS)[]),
  'isOneOf',
  'contains',
  'startsWith',
  'isEmpty',
  'isNotEmpty',
] as const

/** Which rows are wanted; all of the filters must fit. */
export const filtersField = z
  .array(
    z.strictObject({
      column: z.string().min(1).meta({ title: 'Column' }),
      operator: z.enum(OPERATORS).default('equals').meta({ title: 'Comparison' }),
      value: jsonValue.optional().meta({ title: 'Value', description: 'For "is one of": a list.' }),
    }),
  )
  .max(20)
  .default([])
  .meta({ title: 'Filters', description: 'All of them must fit.' })

type Filter = z.output<typeof filtersField>[number]

/** A condition on the table `t`, with the values of its parameters from `$1` on. */
export function whereOf(table: string, filters: readonly Filter[]): { text: string; values: string[] } {
  const values: string[] = []
  const parameter = (value: string): string => `$${values.push(value)}::text`
  const conditions = filters.map((filter) => conditionOf(filter, { table, parameter }))
  return { text: conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`, values }
}

interface Writing {
  readonly table: string
  readonly parameter: (value: string) => string
}

function conditionOf({ column, operator, value = null }: Filter, { table, parameter }: Writing): string {
  const name = quoted(column)
  const typed = (values: readonly unknown[]): string =>
    // PostgreSQL itself turns JSON into the column's type.
    `select w.${name} from jsonb_populate_recordset(null::${table}, ${parameter(
      JSON.stringify(values.map((each) => ({ [column]: each }))),
    )}::jsonb) as w`
  switch (operator) {
    case 'isEmpty':
      return `t.${name} is null`
    case 'isNotEmpty':
      return `t.${name} is not null`
    case 'contains':
      return `strpos(lower(t.${name}::text), lower(${parameter(textOf(value))})) > 0`
    case 'startsWith':
      return `starts_with(lower(t.${name}::text), lower(${parameter(textOf(value))}))`
    case 'isOneOf':
      return `t.${name} in (${typed(Array.isArray(value) ? value : [value])})`
    default:
      return `t.${name} ${COMPARISONS[operator]} (${typed([value])})`
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
