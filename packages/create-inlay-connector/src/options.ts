import { parseArgs } from 'node:util'

/** What is to be made. */
export interface ScaffoldOptions {
  /** The connector's id. */
  readonly id: string
  /** The service's name as people write it. */
  readonly name: string
  /** Where the command was given. */
  readonly folder: string
}

/** The command cannot be followed; the message says why and what to do. */
export class UsageError extends Error {}

const USAGE = 'npm create inlay-connector <id> -- --name "Display name"'
const ID = /^[a-z][a-z0-9-]{0,49}$/
/** They go into string literals of the template. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} .&+_-]{0,59}$/u

/**
 * Reads a command: `acme-shop --name "Acme Shop"`, or `connector acme-shop` as `pnpm new` passes it on.
 *
 * @throws UsageError for anything else
 */
export function readOptions(args: readonly string[], folder: string): ScaffoldOptions {
  const { positionals, values } = parse(args)
  const [id, ...others] = positionals[0] === 'connector' && positionals.length > 1 ? positionals.slice(1) : positionals
  if (id === undefined || others.length > 0) throw new UsageError(`Give one id: ${USAGE}`)
  if (!ID.test(id)) {
    throw new UsageError(`"${id}" is no id of a connector: it needs small letters, digits and dashes, as "acme-shop"`)
  }
  const name = values.name ?? titleOf(id)
  if (!NAME.test(name)) {
    throw new UsageError(`"${name}" cannot be the name: it needs letters, digits, blanks and . & + _ - only`)
  }
  return { id, name, folder }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { name: { type: 'string' } } })
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : 'The command is not understood'}: ${USAGE}`, {
      cause,
    })
  }
}

function titleOf(id: string): string {
  return id
    .split('-')
    .filter((word) => word !== '')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ')
}
