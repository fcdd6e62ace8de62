export { createMcpEndpoint, type McpCall, type McpEndpoint } from './endpoint.js'
export { foreignOrigin, tokenRequired } from './errors.js'
