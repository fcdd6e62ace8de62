import { action, jsonValue, StepError, z } from '@inlay/sdk/connector'
import { runOperation } from '../graphql-api.js'
import { parseOperation, variablesSchema } from '../variables.js'

/** Runs an operation. */
export const execute = action({
  name: 'Run an operation',
  description: 'Runs a query or a mutation.',
  input: z.strictObject({
    query: z
      .string()
      .min(1)
      .max(100_000)
      .meta({
        title: 'Operation',
        format: 'multiline',
        examples: ['query Order($id: ID!) { order(id: $id) { total } }'],
      }),
    variables: z.record(z.string(), jsonValue).optional().meta({ title: 'Variables' }),
    operationName: z
      .string()
      .optional()
      .meta({ title: 'Name of the operation', description: 'When there are several.' }),
    failOnErrors: z.boolean().default(true).meta({
      title: 'Fail on errors beside data',
      description: 'An API may give some data, and say what it could not give.',
    }),
  }),
  output: z.object({
    data: z.record(z.string(), jsonValue).nullable().meta({ title: 'Data' }),
    errors: z
      .array(z.object({ message: z.string().meta({ title: 'Message' }), path: z.string().meta({ title: 'Where' }) }))
      .meta({ title: 'Errors beside data' }),
  }),
  sampleInput: { query: 'query Order($id: ID!) { order(id: $id) { total } }', variables: { id: 'A-1001' } },
  sampleOutput: { data: { order: { total: 42 } }, errors: [] },
  schemas: {
    variables: {
      dependsOn: ['query'],
      load: async ({ input: { query, operationName } }) =>
        variablesSchema(String(query ?? ''), typeof operationName === 'string' ? operationName : undefined),
    },
  },
  run: async (context) => {
    const { query, variables, operationName, failOnErrors } = context.input
    parseOperation(query)
    const { data, errors } = await runOperation(context, { query, variables, operationName })
    if (failOnErrors && errors.length > 0) throw partial(errors)
    return { data: data === null ? null : { ...data }, errors: [...errors] }
  },
})

function partial(errors: readonly { readonly message: string; readonly path: string }[]): StepError {
  return new StepError('rejected', `The GraphQL API gave a part only: ${errors[0]?.message ?? ''}`, {
    detail: errors
      .map(({ message, path }) => `${path || 'operation'}: ${message}`)
      .join('; ')
      .slice(0, 1000),
  })
}
