import type { ActionContext, ActionSuspension, ConnectorAction, JsonObject, JsonValue } from '@inlay/engine'
import type { z } from 'zod'
import { completeForm, type FormDefinition } from './form.js'

/** An action as its author writes it: the types of `run` follow from the schemas. */
export interface ActionDefinition<Input extends z.ZodType, Output extends z.ZodType> extends FormDefinition {
  readonly name: string
  readonly description: string
  readonly input: Input
  readonly output: Output
  readonly sampleInput?: z.input<Input> & JsonObject
  readonly sampleOutput?: z.input<Output> & JsonValue
  /** OAuth scopes without which the service refuses. @default none */
  readonly scopes?: readonly string[]
  readonly delivery?: NonNullable<ConnectorAction['delivery']>
  /** Does it, or suspends itself with `suspend()`. @throws StepError of a kind that says whether trying again can help */
  run(context: ActionContext<z.output<Input>>): Promise<z.input<Output> | ActionSuspension>
}

/**
 * Defines an action. Its output is checked against the schema, so that a service that changes its answers is noticed
 * here and not three steps later.
 */
export function action<Input extends z.ZodType, Output extends z.ZodType>(
  definition: ActionDefinition<Input, Output>,
): ConnectorAction {
  const {
    run,
    options: _options,
    schemas: _schemas,
    outputSchema: _outputSchema,
    scopes = [],
    ...described
  } = definition
  return {
    ...described,
    ...completeForm(definition),
    scopes,
    // The engine has parsed the input with this very schema before it calls.
    run: async (context) => (await run(context as ActionContext<z.output<Input>>)) as JsonValue | ActionSuspension,
  }
}
