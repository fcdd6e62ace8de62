import { z } from 'zod'
import { appRouter } from './router.js'
import type { ApiContext, ApiMeta } from './trpc.js'
import { createCallerFactory } from './trpc.js'

/** A REST route of a procedure. */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With parameters as `:id`. */
  readonly path: string
  /** Status of a success: 202 where work goes on, 201 where something was made, else 200. */
  readonly status: number
  /** Calls the procedure with path parameters, query and body as one input. */
  call(context: ApiContext, input: Record<string, unknown>): Promise<unknown>
}

interface ProcedureLike {
  readonly _def: { readonly meta?: ApiMeta; readonly inputs: readonly unknown[] }
}

const createCaller = createCallerFactory(appRouter)

/** Every procedure that says where it stands in the REST API, as a route. */
export function restRoutes(): RestRoute[] {
  // tRPC keeps all procedures of a router, by their dotted names, in its definition.
  const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, ProcedureLike>>
  return Object.entries(procedures).flatMap(([name, { _def }]) => {
    const openapi = _def.meta?.openapi
    if (openapi === undefined) return []
    const path = openapi.path.replaceAll(/\{(\w+)\}/g, ':$1')
    return [
      {
        method: openapi.method as RestRoute['method'],
        path,
        status: statusOf(name, openapi.method),
        call: callerOf(name, openapi.method === 'GET' ? flagsOf(_def.inputs) : []),
      },
    ]
  })
}

/** Procedures after which work goes on. */
const ACCEPTING = [
  'runs.start',
  'runs.rerun',
  'runs.fork',
  'runs.redrive',
  'runs.redriveMany',
  'workflows.testRun',
  'events.publish',
]

function statusOf(name: string, method: string): number {
  if (ACCEPTING.includes(name)) return 202
  return method === 'POST' && /\.(create|publish)$/.test(name) ? 201 : 200
}

function callerOf(name: string, flags: readonly string[]): RestRoute['call'] {
  return (context, input) => {
    let target: unknown = createCaller(context)
    // The caller mirrors the router: each part of the dotted name leads one level down.
    for (const part of name.split('.')) target = (target as Record<string, unknown>)[part]
    return (target as (value: unknown) => Promise<unknown>)(withFlags(input, flags))
  }
}

/** Fields of an input that are true or false. */
function flagsOf([input]: readonly unknown[]): string[] {
  if (!(input instanceof z.ZodObject)) return []
  return Object.entries(input.shape).flatMap(([name, field]) => {
    const inner = field instanceof z.ZodOptional ? field.unwrap() : field
    return inner instanceof z.ZodBoolean ? [name] : []
  })
}

/** A query has texts only; coercion by the schema would take `false` for true, as it does any text. */
function withFlags(input: Record<string, unknown>, flags: readonly string[]): Record<string, unknown> {
  const read = (value: unknown): unknown => (value === 'true' ? true : value === 'false' ? false : value)
  const given = flags.filter((name) => Object.hasOwn(input, name))
  return { ...input, ...Object.fromEntries(given.map((name) => [name, read(input[name])])) }
}
