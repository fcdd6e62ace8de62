/** Every code that the API refuses with. A test finds codes of the source that are missing here. */
import { ACCESS_ERRORS } from './errors/access-errors.js'
import { CONNECTION_ERRORS } from './errors/connection-errors.js'
import { DOMAIN_ERRORS } from './errors/domain-errors.js'
import { ENGINE_ERRORS } from './errors/engine-errors.js'
import type { ErrorArea, ErrorHelp } from './errors/error-help.js'
import { FILE_ERRORS } from './errors/file-errors.js'
import { MCP_ERRORS } from './errors/mcp-errors.js'
import { OWN_CONNECTOR_ERRORS } from './errors/own-connector-errors.js'
import { PROXY_ERRORS } from './errors/proxy-errors.js'
import { REQUEST_ERRORS } from './errors/request-errors.js'
import { RUN_ERRORS } from './errors/run-errors.js'
import { WEBHOOK_ERRORS } from './errors/webhook-errors.js'
import { WORKFLOW_ERRORS } from './errors/workflow-errors.js'

/** The codes by what they are about, in the order in which people read of them. */
export const ERROR_AREAS: readonly (readonly [title: string, errors: ErrorArea])[] = [
  ['Requests', REQUEST_ERRORS],
  ['Access', ACCESS_ERRORS],
  ['Domains', DOMAIN_ERRORS],
  ['Workflows', WORKFLOW_ERRORS],
  ['Runs', RUN_ERRORS],
  ['Files', FILE_ERRORS],
  ['Connections', CONNECTION_ERRORS],
  ['Your own connectors', OWN_CONNECTOR_ERRORS],
  ['Webhooks', WEBHOOK_ERRORS],
  ['Proxy', PROXY_ERRORS],
  ['Tools of agents', MCP_ERRORS],
  ['Engine', ENGINE_ERRORS],
]

const BY_CODE = new Map(ERROR_AREAS.flatMap(([, errors]) => Object.entries(errors)))

/** What is known of a code; undefined for one that nothing refuses with. */
export function errorHelp(code: string): ErrorHelp | undefined {
  return BY_CODE.get(code)
}

/** Where the page about the errors of the API is. */
export const ERRORS_PATH = '/docs/errors'

/** The address of a code's page, which is the `type` of its problems. @param baseUrl of the control plane */
export function errorAddress(baseUrl: string, code: string): string {
  return `${baseUrl}${ERRORS_PATH}/${encodeURIComponent(code)}`
}
