import type { SecretText } from '../contracts/connector.js'

const SHOWN = '[redacted]'

/** A secret that can be handed on without being shown by accident. @param secret what `reveal` gives */
export function secretText(secret: string): SecretText {
  return new HiddenText(secret)
}

class HiddenText implements SecretText {
  // A private field is in no listing of the object's members, however deep a logger looks.
  readonly #secret: string

  constructor(secret: string) {
    this.#secret = secret
  }

  reveal(): string {
    return this.#secret
  }

  toString(): string {
    return SHOWN
  }

  toJSON(): string {
    return SHOWN
  }

  /** What `console.log` and Node's own errors show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN
  }
}
