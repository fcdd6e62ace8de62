import type { ActionContext, Connector, ConnectorAction, JsonValue, OptionsLoader } from '@inlay/engine'
import { UserError } from '@inlay/engine'
import { z } from 'zod'

/** An action as its author writes it: the types of `run` follow from the schemas. */
export interface ActionDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  readonly name: string
  readonly description: string
  readonly input: Input
  readonly output: Output
  readonly sampleOutput?: z.input<Output> & JsonValue
  readonly delivery?: NonNullable<ConnectorAction['delivery']>
  readonly options?: { readonly [Field in keyof z.input<Input> & string]?: OptionsLoader }
  /** Does it. @throws StepError of a kind that says whether trying again can help */
  run(context: ActionContext<z.output<Input>>): Promise<z.input<Output>>
}

/**
 * Defines an action. Its output is checked against the schema, so that a service that changes its answers is noticed
 * here and not three steps later.
 */
export function action<Input extends z.ZodType, Output extends z.ZodType>(
  definition: ActionDefinition<Input, Output>,
): ConnectorAction {
  const { run, options, ...described } = definition
  return {
    ...described,
    // Absent loaders are undefined in the mapped type only when their field is absent altogether.
    ...(options === undefined ? {} : { options: options as Readonly<Record<string, OptionsLoader>> }),
    // The engine has parsed the input with this very schema before it calls.
    run: async (context) => (await run(context as ActionContext<z.output<Input>>)) as JsonValue,
  }
}

/** A connector as its author writes it. */
export type ConnectorDefinition = Omit<Connector, 'triggers'> & Partial<Pick<Connector, 'triggers'>>

const definitionSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, 'must be small letters, digits and dashes, such as "google-drive"'),
  version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/, 'must be a semantic version such as "1.0.0"'),
  name: z.string().min(1, 'must not be empty'),
  description: z.string().min(1, 'must not be empty'),
  icon: z.string().startsWith('<svg', 'must be an inline SVG document').optional(),
})

const memberId = /^[a-z][a-zA-Z0-9]{0,49}$/

/**
 * Checks a connector and completes it.
 *
 * @throws UserError `connector.invalid` that lists everything wrong with the definition
 * @example
 * export const connector = defineConnector({
 *   id: 'acme', version: '1.0.0', name: 'Acme', description: 'Orders of Acme.',
 *   auth: { kind: 'bearer' },
 *   actions: { createOrder },
 * })
 */
export function defineConnector(definition: ConnectorDefinition): Connector {
  const parsed = definitionSchema.safeParse(definition)
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)),
    ...Object.entries(definition.actions).flatMap(([id, described]) => actionProblems(id, described)),
    ...authProblems(definition),
  ]
  if (problems.length > 0) {
    const title = `The connector "${definition.id}" is not valid: ${problems.join('; ')}.`
    throw new UserError('invalid', 'connector.invalid', title)
  }
  return { triggers: {}, ...definition }
}

function actionProblems(id: string, { name, options, input }: ConnectorAction): string[] {
  const shape: object = input instanceof z.ZodObject ? input.shape : {}
  return [
    ...(memberId.test(id) ? [] : [`the action id "${id}" must be letters and digits, such as "sendMessage"`]),
    ...(name === '' ? [`the action "${id}" needs a name`] : []),
    ...Object.keys(options ?? {})
      .filter((field) => !Object.hasOwn(shape, field))
      .map((field) => `the action "${id}" has options for "${field}", which is not in its input`),
  ]
}

function authProblems({ auth }: ConnectorDefinition): string[] {
  const fields: object = auth.fields?.shape ?? {}
  return (auth.secretFields ?? [])
    .filter((field) => !Object.hasOwn(fields, field))
    .map((field) => `auth.secretFields names "${field}", which is not in auth.fields`)
}
