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
  /** Whether it may ask for `callbackUrl`; needed of connectors that are served with `serveConnector`. @default false */
  readonly suspends?: boolean
  /** Does it, or suspends itself with `suspend()`. @throws StepError of a kind that says whether trying again can help */
  run(context: ActionContext<z.output<Input>>): Promise<z.input<Output> | ActionSuspension>
}

/**
 * Defines an action. What `run` gives must fit `output`: later steps and the builder rely on it, and `runAction` of
 * `@inlay/sdk/testing` checks it.
 */
export function action<Input extends z.ZodType, Output extends z.ZodType>(
  definition: ActionDefinition<Input, Output>,
): ConnectorAction {
  const {
    name,
    description,
    input,
    output,
    sampleInput,
    sampleOutput,
    scopes = [],
    delivery,
    suspends,
    run,
  } = definition
  return {
    name,
    description,
    input,
    output,
    scopes,
    ...completeForm(definition),
    ...(sampleInput === undefined ? {} : { sampleInput }),
    ...(sampleOutput === undefined ? {} : { sampleOutput }),
    ...(delivery === undefined ? {} : { delivery }),
    ...(suspends === undefined ? {} : { suspends }),
    // The engine has parsed the input with this very schema, and checks that what comes out is plain JSON.
    run: async (context) => (await run(context as ActionContext<z.output<Input>>)) as JsonValue | ActionSuspension,
  }
}
