import { z } from '@inlay/sdk/connector'

/** A text to work on. */
export const textField = z
  .string()
  .max(5_000_000)
  .meta({ title: 'Text', format: 'multiline', examples: ['hello'] })

/** How bytes are written. */
export const encodingField = z.enum(['hex', 'base64', 'base64url']).default('hex').meta({ title: 'Written as' })
