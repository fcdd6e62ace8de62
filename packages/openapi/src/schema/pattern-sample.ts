/** Finds a short text that fits a regular expression, for the common kinds of expressions. */

/** @returns undefined for expressions with look-around, back references or anything else that is not understood */
export function sampleOfPattern(pattern: string, minLength = 0): string | undefined {
  // A quantifier without a bound may repeat often enough to reach the length that is asked for.
  for (const repeats of minLength <= 1 ? [1] : [1, minLength]) {
    const reader = new PatternReader(pattern.slice(0, MAX_PATTERN), repeats)
    const text = reader.read()
    if (text !== undefined && text.length >= minLength) return text
  }
  return undefined
}

const MAX_PATTERN = 1000
const MAX_TEXT = 5000
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ d: '0', w: 'a', s: ' ', D: 'a', W: '-', S: 'a' },
  ...{ t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', 0: '\0' },
  ...{ b: '', A: '', z: '', Z: '' },
}
/** What a negated class may give: ordinary characters first. */
const CANDIDATES = 'a0-_ A.:/@+#'

class PatternReader {
  readonly #pattern: string
  readonly #repeats: number
  #at = 0
  #length = 0

  constructor(pattern: string, repeats: number) {
    this.#pattern = pattern
    this.#repeats = repeats
  }

  read(): string | undefined {
    const text = this.#alternatives()
    return this.#at === this.#pattern.length ? text : undefined
  }

  /** The first alternative that can be read; the others are read to find their end. */
  #alternatives(): string | undefined {
    let chosen = this.#sequence()
    while (this.#pattern[this.#at] === '|') {
      this.#at++
      const other = this.#sequence()
      if (chosen === '' || chosen === undefined) chosen = other
    }
    return chosen
  }

  #sequence(): string | undefined {
    let text: string | undefined = ''
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#pattern[this.#at] ?? '')) {
      const atom = this.#atom()
      if (atom === undefined) return undefined
      const repeated: string | undefined = this.#quantified(atom)
      if (repeated === undefined) return undefined
      this.#length += repeated.length
      if (this.#length > MAX_TEXT) return undefined
      text += repeated
    }
    return text
  }

  #atom(): string | undefined {
    const char = this.#pattern[this.#at++] ?? ''
    if (char === '^' || char === '$') return ''
    if (char === '.') return 'a'
    if (char === '\\') return this.#escape()
    if (char === '[') return this.#class()
    if (char === '(') return this.#group()
    return '*+?'.includes(char) ? undefined : char
  }

  #group(): string | undefined {
    if (this.#pattern[this.#at] === '?') {
      const opening = /^\?(?::|<[A-Za-z]\w*>)/.exec(this.#pattern.slice(this.#at))
      if (opening === null) return undefined
      this.#at += opening[0].length
    }
    const text = this.#alternatives()
    if (this.#pattern[this.#at++] !== ')') return undefined
    return text
  }

  #escape(): string | undefined {
    const char = this.#pattern[this.#at++] ?? ''
    if (char === 'u' || char === 'x') return this.#code(char === 'u' ? 4 : 2)
    if (char === 'p' || char === 'P') return this.#property()
    // Back references, and what must not be at the border of a word.
    return ESCAPES[char] ?? (/[1-9B]/.test(char) ? undefined : char)
  }

  /** A character of a Unicode property, such as `\p{Lu}`. */
  #property(): string | undefined {
    const [whole, name = ''] = /^\{([^}]*)\}/.exec(this.#pattern.slice(this.#at)) ?? []
    if (whole === undefined) return undefined
    this.#at += whole.length
    if (name.startsWith('N')) return '0'
    return name.startsWith('Z') ? ' ' : name.startsWith('Lu') ? 'A' : 'a'
  }

  #code(digits: number): string | undefined {
    const hex = this.#pattern.slice(this.#at, this.#at + digits)
    if (!/^[0-9a-fA-F]+$/.test(hex) || hex.length !== digits) return undefined
    this.#at += digits
    return String.fromCharCode(Number.parseInt(hex, 16))
  }

  #class(): string | undefined {
    const end = this.#classEnd()
    const body = this.#pattern.slice(this.#at, end)
    const from = this.#at - 1
    this.#at = end + 1
    let expression: RegExp
    try {
      expression = new RegExp(this.#pattern.slice(from, end + 1), 'u')
    } catch {
      return undefined
    }
    // Single characters against one class: nothing here can take long.
    const own = body.startsWith('^') ? [] : [...body.replace(/\\(.)/g, '$1')]
    return [...CANDIDATES, ...own].find((char) => expression.test(char))
  }

  #classEnd(): number {
    let index = this.#at
    while (index < this.#pattern.length && this.#pattern[index] !== ']') index += this.#pattern[index] === '\\' ? 2 : 1
    return index
  }

  #quantified(atom: string): string | undefined {
    const quantifier = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/.exec(this.#pattern.slice(this.#at))
    if (quantifier === null) return atom
    this.#at += quantifier[0].length
    const [, sign, least, range, most] = quantifier
    if (sign === '?') return atom
    if (sign !== undefined) return atom.repeat(this.#repeats)
    const min = Number(least)
    const max = range === undefined ? min : most === '' || most === undefined ? Number.POSITIVE_INFINITY : Number(most)
    const count = Math.min(max, Math.max(min, this.#repeats))
    return atom.length * count > MAX_TEXT ? undefined : atom.repeat(count)
  }
}
