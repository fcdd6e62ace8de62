import type { ErrorArea } from './error-help.js'

/** Of tools that agents call. */
export const MCP_ERRORS = {
  'mcp.origin': {
    status: [403],
    what: 'Pages elsewhere may not call tools.',
    why: 'The request carries the `Origin` of a page that is not the control plane’s own: somebody’s page may be trying to use what a browser can reach.',
    fix: 'Call from a backend or a program; they send no `Origin`.',
  },
  'mcp.unknown_tool': {
    status: [404],
    what: 'There is no such tool.',
    why: 'The client remembers another list, or the model has made up a name.',
    fix: 'List the tools again.',
  },
  'mcp.not_startable': {
    status: [409],
    what: 'The workflow is started by its trigger alone.',
    why: 'It waits for the clock, for an event of the product or for a service; a tool cannot stand in for those.',
    fix: 'Run one whose trigger is `manual` or `webhook`, or send the event that this one waits for.',
  },
} as const satisfies ErrorArea
