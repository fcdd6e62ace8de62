import {
  action,
  jsonValue,
  type OptionsDefinition,
  plainRows,
  rowSchema,
  type SchemaDefinition,
  StepError,
  z,
} from '@inlay/sdk/connector'
import { withSession } from '../session.js'
import { propertyOf, quoted, quotedTable, schemaField, schemaOptions } from '../table.js'

const MAX_ROWS = 1000
const inForm = z.object({ schema: z.string().default('public'), function: z.string().default('') })

/** Functions and procedures that are not of triggers. */
const functionOptions: OptionsDefinition = {
  dependsOn: ['schema'],
  load: async (context) => {
    const { schema } = inForm.parse(context.input)
    const found = await withSession(context, {
      isReadOnly: true,
      use: (sql) => sql<{ name: string; described: string }[]>`select p.proname::text as name,
        min(pg_get_function_identity_arguments(p.oid)) as described from pg_proc p
        where p.pronamespace = (select oid from pg_namespace where nspname = ${schema})
          and p.prokind in ('f', 'p') and p.prorettype <> 'trigger'::regtype
        group by p.proname order by p.proname limit 1000`,
    })
    return found.map(({ name, described }) => ({ value: name, label: name, description: described }))
  },
}

/** The arguments that the function takes; those without a name are `$1`, `$2`. */
const argumentForm: SchemaDefinition = {
  dependsOn: ['schema', 'function'],
  load: async (context) => {
    const { schema, function: name } = inForm.parse(context.input)
    const found = await withSession(context, {
      isReadOnly: true,
      use: (sql) => sql<{ name: string; type: string }[]>`
        select coalesce(nullif(p.proargnames[a.at], ''), '$' || a.at) as name, format_type(a.type, null) as type
        from (select * from pg_proc where proname = ${name}
          and pronamespace = (select oid from pg_namespace where nspname = ${schema}) order by oid limit 1) as p,
          unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a (type, at)
        where coalesce(p.proargmodes[a.at], 'i') in ('i', 'b', 'v') order by a.at`,
    })
    return { type: 'object', properties: Object.fromEntries(found.map((column) => [column.name, propertyOf(column)])) }
  },
}

/** Calls a function or procedure. */
export const callFunction = action({
  name: 'Call a function',
  description: 'Calls a function or procedure of the database.',
  input: z.strictObject({
    schema: schemaField,
    function: z
      .string()
      .min(1)
      .meta({ title: 'Function', examples: ['close_order'] }),
    arguments: z
      .record(z.string(), jsonValue)
      .default({})
      .meta({ title: 'Arguments', description: 'By name; those without a name as $1, $2.' }),
  }),
  output: z.object({ rows: z.array(rowSchema).meta({ title: 'Rows', description: `The first ${MAX_ROWS}.` }) }),
  options: { schema: schemaOptions, function: functionOptions },
  schemas: { arguments: argumentForm },
  sampleInput: { schema: 'public', function: 'close_order', arguments: { order_id: 7 } },
  sampleOutput: { rows: [{ close_order: true }] },
  delivery: 'at-most-once',
  run: async (context) => {
    const { schema, function: name, arguments: given } = context.input
    const rows = await withSession(context, {
      use: async (sql) => {
        const [found] = await sql<{ kind: string }[]>`select prokind::text as kind from pg_proc
          where proname = ${name} and pronamespace = (select oid from pg_namespace where nspname = ${schema}) limit 1`
        if (found === undefined) throw unknownFunction(schema, name)
        const called = `${quotedTable({ schema, table: name })}(${argumentList(Object.keys(given))})`
        const text = found.kind === 'p' ? `call ${called}` : `select * from ${called}`
        // Plain JSON, which the driver writes as the type that the server asks for.
        return sql.unsafe(text, Object.values(given) as never[], { prepare: false })
      },
    })
    return { rows: plainRows(rows.slice(0, MAX_ROWS)) }
  },
})

/** Arguments by place come first: PostgreSQL takes none after one by name. */
function argumentList(names: readonly string[]): string {
  const list = names.map((name, index) => ({ name, place: placeOf(name), parameter: `$${index + 1}` }))
  const byPlace = list.filter(({ place }) => place > 0).sort((a, b) => a.place - b.place)
  const byName = list.filter(({ place }) => place === 0)
  return [
    ...byPlace.map(({ parameter }) => parameter),
    ...byName.map(({ name, parameter }) => `${quoted(name)} => ${parameter}`),
  ].join(', ')
}

function placeOf(name: string): number {
  return Number(/^\$([1-9]\d?)$/.exec(name)?.[1] ?? 0)
}

function unknownFunction(schema: string, name: string): StepError {
  return new StepError('rejected', `There is no function ${schema}.${name}`, {
    detail: 'Choose one of the list, or check which schema it is in.',
  })
}
