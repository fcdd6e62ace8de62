import type { Writable } from 'node:stream'
import { type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** Names under which secrets travel; their values never reach a log. */
const SECRET_NAMES = [
  'password',
  'secret',
  'token',
  'sessionToken',
  'apiKey',
  'authorization',
  'cookie',
  'values',
  'privateKey',
  'signingKey',
]

export interface LoggerOptions {
  readonly level: string
  /** The process's name: `service.name` of each line. */
  readonly service: string
  /** @default standard output */
  readonly stream?: Writable
}

/** JSON lines with Elastic Common Schema names. */
export function createLogger({ level, service, stream }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { 'service.name': service, 'process.pid': process.pid },
      messageKey: 'message',
      errorKey: 'error',
      timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ 'log.level': label }) },
      redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    },
    stream ?? pino.destination(1),
  )
}
