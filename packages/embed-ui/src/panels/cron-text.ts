import { toString as describeCron } from 'cronstrue'

export interface CronText {
  /** For example "At 09:00 AM, Monday through Friday"; undefined when it is not valid. */
  readonly text: string | undefined
  readonly error: string | undefined
}

/** A cron expression in words. */
export function cronText(cron: string): CronText {
  try {
    return { text: describeCron(cron, { throwExceptionOnParseError: true, verbose: false }), error: undefined }
  } catch (error) {
    return { text: undefined, error: String(error).replace(/^Error:\s*/, '') }
  }
}
