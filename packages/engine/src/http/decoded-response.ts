import type { HttpResponse } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { decodeText } from './decode-body.js'
import type { RawAnswer } from './exchange.js'

/** Log-in pages and the error pages of proxies come in place of JSON. */
const MARKUP = /^\s*</

/** An answer whose text is made only when somebody asks for it: who wants the bytes pays for no copy. */
export class DecodedResponse implements HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  private decoded: string | undefined

  constructor(
    { status, headers }: Pick<RawAnswer, 'status' | 'headers'>,
    readonly bytes: Buffer,
  ) {
    this.status = status
    this.headers = headers
  }

  get text(): string {
    this.decoded ??= decodeText(this.bytes, this.headers['content-type'])
    return this.decoded
  }

  json(): JsonValue {
    try {
      // What JSON.parse gives is a JSON value by definition.
      return JSON.parse(this.text) as JsonValue
    } catch (error) {
      throw new StepError('communication', 'The answer is not JSON', {
        detail: `It ${MARKUP.test(this.text) ? 'is a web page or XML, and ' : ''}begins with: ${this.text.slice(0, 100)}`,
        cause: error,
      })
    }
  }
}
