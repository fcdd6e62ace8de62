import { type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** Names under which secrets travel; their values never reach a log. */
const SECRET_PATHS = [
  'password',
  'secret',
  'token',
  'apiKey',
  'authorization',
  'cookie',
  'values',
  'privateKey',
  'signingKey',
]

/** JSON lines with Elastic Common Schema names. */
export function createLogger({ level, service }: { level: string; service: string }): Logger {
  return pino({
    level,
    base: { 'service.name': service, 'process.pid': process.pid },
    messageKey: 'message',
    errorKey: 'error',
    timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ 'log.level': label }) },
    redact: { paths: SECRET_PATHS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
  })
}
