import { join } from 'node:path'
import { ROOT } from './product.js'

type Forms = string | { readonly other: string }

/**
 * The widget's texts in a language, by key: tests find things by what they are called there, and go on working when they
 * are called something else.
 */
export async function wordsOf(locale: string): Promise<(key: string) => string> {
  // Found at run time: tests of the whole product import no package's inside.
  const { MESSAGES } = (await import(join(ROOT, `packages/embed-ui/src/locales/${locale}/index.ts`))) as {
    readonly MESSAGES: Readonly<Record<string, Forms>>
  }
  return (key) => {
    const text = MESSAGES[key]
    if (typeof text !== 'string') throw new Error(`${locale} has no single text ${key}.`)
    return text
  }
}
