import { StepError, z } from '@inlay/sdk/connector'
import { RE2JS } from 're2js'

/** A text to work on. */
export const textField = z
  .string()
  .max(1_000_000)
  .meta({ title: 'Text', format: 'multiline', examples: ['Order A-1001 for kim@example.com'] })

/** Whether upper and lower case count as one. */
export const ignoreCaseField = z.boolean().default(false).meta({ title: 'Ignore upper and lower case' })

/** A pattern that is matched in linear time. @throws StepError `validation` for one that is not understood */
export function compilePattern(pattern: string, ignoreCase: boolean): RE2JS {
  try {
    return RE2JS.compile(pattern, RE2JS.MULTILINE | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0))
  } catch (cause) {
    throw new StepError('validation', `The pattern "${pattern.slice(0, 100)}" is not understood`, {
      detail: cause instanceof Error ? cause.message : 'It is no regular expression of RE2.',
      cause,
    })
  }
}
