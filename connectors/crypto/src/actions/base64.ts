import { action, StepError, z } from '@inlay/sdk/connector'
import { textField } from '../fields.js'

/** Writes and reads Base64 and its like. */
export const base64 = action({
  name: 'Encode or decode',
  description: 'Writes a text in Base64, Base64url, hexadecimal or for URLs, or reads one.',
  input: z.strictObject({
    text: textField,
    format: z.enum(['base64', 'base64url', 'hex', 'url']).default('base64').meta({ title: 'Format' }),
    direction: z.enum(['encode', 'decode']).default('encode').meta({ title: 'Direction' }),
  }),
  output: z.object({ text: z.string().meta({ title: 'Text' }) }),
  sampleInput: { text: 'hello' },
  sampleOutput: { text: 'aGVsbG8=' },
  run: async ({ input: { text, format, direction } }) => {
    if (direction === 'encode') {
      return { text: format === 'url' ? encodeURIComponent(text) : Buffer.from(text).toString(format) }
    }
    return { text: format === 'url' ? decodeUrl(text) : decodeBytes(Buffer.from(text.trim(), format)) }
  },
})

function decodeUrl(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw new StepError('validation', 'The text is not encoded for URLs', { cause })
  }
}

function decodeBytes(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new StepError('validation', 'What is encoded is not a text', {
      detail: 'Its bytes are not UTF-8. Is it the right format?',
      cause,
    })
  }
}
