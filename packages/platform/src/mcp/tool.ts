import type { JsonObject } from '@inlay/engine'
import { z } from 'zod'
import { appRouter } from '../api/router.js'
import { type ApiContext, createCallerFactory } from '../api/trpc.js'

const createCaller = createCallerFactory(appRouter)

/** The procedures of the API, as its caller may use them: tools can do nothing that the API would refuse. */
export type Api = ReturnType<typeof createCaller>

/** What a tool answers. */
export interface ToolAnswer {
  readonly value: JsonObject
  /** The call was made, and what it was for has failed. @default false */
  readonly isFailure?: boolean
}

/** What clients are told of a tool beside its name. The texts are fixed: nobody's data becomes part of them. */
interface ToolDescription {
  readonly title: string
  readonly description: string
  readonly isReadOnly: boolean
}

/** Something that an agent can do. */
export interface Tool extends ToolDescription {
  readonly name: string
  readonly inputSchema: JsonObject
  /** What it is about, for the audit log: an id that the caller gave. */
  targetOf(input: JsonObject): { readonly kind: string; readonly id: string } | undefined
  /** @throws ZodError for an input that does not fit, and whatever the API throws */
  call(context: ApiContext, input: JsonObject, signal: AbortSignal): Promise<ToolAnswer>
}

interface ToolParts<Input extends z.ZodObject> extends ToolDescription {
  readonly name: string
  readonly input: Input
  /** What it is about, and the field of the input that has its id. */
  readonly target?: { readonly kind: string; readonly field: string }
  /** Makes a repetition answer the first run; of the input. */
  readonly idempotencyKeyOf?: (input: z.output<Input>) => string | undefined
  readonly run: (api: Api, input: z.output<Input>) => Promise<ToolAnswer>
}

export function defineTool<Input extends z.ZodObject>(parts: ToolParts<Input>): Tool {
  const { name, title, description, isReadOnly, input: schema, target, idempotencyKeyOf, run } = parts
  return {
    name,
    title,
    description,
    isReadOnly,
    // What zod writes is JSON.
    inputSchema: z.toJSONSchema(schema, { io: 'input' }) as JsonObject,
    targetOf: (given) => {
      const id = target === undefined ? undefined : given[target.field]
      return target === undefined || typeof id !== 'string' ? undefined : { kind: target.kind, id }
    },
    call: (context, given, signal) => {
      const input = schema.parse(given)
      const api = createCaller({ ...context, idempotencyKey: idempotencyKeyOf?.(input) }, { signal })
      return run(api, input)
    },
  }
}
