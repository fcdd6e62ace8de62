export { createMcpEndpoint, type McpCall, type McpEndpoint } from './endpoint.js'
export { foreignOrigin } from './errors.js'
