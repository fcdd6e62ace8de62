import type { Budget } from '../limits.js'
import type { Library } from './function.js'
import { paid } from './text.js'

/** Functions that rewrite the letters of a text. */
export const TEXT_CASE_LIBRARY: Library = {
  titleCase: {
    signature: 'titleCase(text)',
    description: 'The text with a capital at the beginning of each word, and small letters in the rest.',
    example: "titleCase('annA o’neill-SMITH') → 'Anna O’neill-Smith'",
    arity: [1, 1],
    call: ([text], budget) => mapWords(paid(text, 'titleCase', budget), budget, titled),
  },
  camelCase: {
    signature: 'camelCase(text)',
    description: 'The words of the text as one name: orderTotal.',
    example: "camelCase('Order total (EUR)') → 'orderTotalEur'",
    arity: [1, 1],
    call: ([text], budget) =>
      wordsOf(paid(text, 'camelCase', budget), budget)
        .map((word, index) => (index === 0 ? word.toLowerCase() : titled(word)))
        .join(''),
  },
  snakeCase: {
    signature: 'snakeCase(text)',
    description: 'The words of the text in small letters, joined by underscores: order_total.',
    example: "snakeCase('orderTotal EUR') → 'order_total_eur'",
    arity: [1, 1],
    call: ([text], budget) =>
      wordsOf(paid(text, 'snakeCase', budget), budget)
        .join('_')
        .toLowerCase(),
  },
  slug: {
    signature: 'slug(text)',
    description: 'The text as a part of a web address: small letters a to z, digits and dashes.',
    example: "slug('Crème brûlée, 2 x!') → 'creme-brulee-2-x'",
    arity: [1, 1],
    call: ([text], budget) =>
      withoutAccents(paid(text, 'slug', budget), budget)
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .filter((part) => part !== '')
        .join('-'),
  },
  removeAccents: {
    signature: 'removeAccents(text)',
    description: 'The text with plain letters in place of those with accents.',
    example: "removeAccents('Łódź, Straße, naïve') → 'Lodz, Strasse, naive'",
    arity: [1, 1],
    call: ([text], budget) => withoutAccents(paid(text, 'removeAccents', budget), budget),
  },
  words: {
    signature: 'words(text)',
    description: 'The words of a text; a capital after a small letter begins one.',
    example: "words('Two words, orderTotal') → ['Two', 'words', 'order', 'Total']",
    arity: [1, 1],
    call: ([text], budget) => wordsOf(paid(text, 'words', budget), budget),
  },
}

/** Letters and digits with the marks and apostrophes inside them. Each alternative begins differently: no backtracking. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{N}\p{M}]+)*/gu

/** Patterns cost some four times what copying a character does. */
const FUEL_PER_CHARACTER = 0.25

function mapWords(text: string, budget: Budget, change: (word: string) => string): string {
  budget.burn(Math.ceil(text.length * FUEL_PER_CHARACTER))
  return text.replaceAll(WORD, change)
}

function wordsOf(text: string, budget: Budget): string[] {
  budget.burn(Math.ceil(text.length * FUEL_PER_CHARACTER * 2))
  const words = text.replaceAll(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, '$1 ').match(WORD) ?? []
  budget.allowItems(words.length)
  return words
}

function titled(word: string): string {
  const [first = ''] = word
  return first.toUpperCase() + word.slice(first.length).toLowerCase()
}

/** Letters that Unicode does not take apart into a plain one and its mark. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
}

function withoutAccents(text: string, budget: Budget): string {
  budget.burn(Math.ceil(text.length * FUEL_PER_CHARACTER * 2))
  const plain = text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßẞæÆœŒøØłŁđĐðÐþÞı]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
  budget.allowText(plain.length)
  return plain
}
