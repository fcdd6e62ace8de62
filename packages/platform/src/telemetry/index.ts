export { createLogger, type Logger } from './logger.js'
export { createMetrics, type Metrics } from './metrics.js'
export { startTracing, type Tracing } from './tracing.js'
