import { UserError } from '@inlay/engine'

export function unknownTool(name: string, known: readonly string[]): UserError {
  return new UserError('not_found', 'mcp.unknown_tool', `There is no tool "${name.slice(0, 100)}".`, {
    detail: `There are: ${known.join(', ')}.`,
  })
}

/** @param startsBy the type of its trigger */
export function notStartable(startsBy: string): UserError {
  return new UserError(
    'conflict',
    'mcp.not_startable',
    `This workflow is started by its trigger "${startsBy}" alone.`,
    {
      detail: 'Only workflows whose trigger is "manual" or "webhook" can be run by a tool. Look at its runs instead.',
    },
  )
}

/** Pages elsewhere do not call: whoever opens them has not asked for it. */
export function foreignOrigin(origin: string): UserError {
  return new UserError('denied', 'mcp.origin', `Pages of ${origin.slice(0, 200)} may not call tools.`, {
    detail: 'Call from a backend or a program, which send no Origin header.',
  })
}
