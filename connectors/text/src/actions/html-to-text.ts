import { action, z } from '@inlay/sdk/connector'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Reads the text of a web page. */
export const htmlToText = action({
  name: 'Text of HTML',
  description: 'The text of a piece of HTML, without its tags, scripts and styles.',
  input: z.strictObject({
    html: z
      .string()
      .max(1_000_000)
      .meta({ title: 'HTML', format: 'multiline', examples: ['<p>Hello <b>Kim</b></p>'] }),
  }),
  output: z.object({ text: z.string().meta({ title: 'Text' }) }),
  sampleInput: { html: '<h1>Hello</h1><p>Kim &amp; all</p>' },
  sampleOutput: { text: 'Hello\nKim & all' },
  run: async ({ input: { html } }) => ({ text: textOf(html) }),
})

const UNSEEN = /<(script|style|noscript|template|head)(?=[\s>/])[\s\S]*?(?:<\/\1\b[^>]*>?|$)/gi
const ENDS_LINE = /<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr|\/blockquote|\/section|\/article|hr)\b[^>]*>/gi

/** No expression goes over the same characters twice: what it begins, it ends, if only at the end of the text. */
function textOf(html: string): string {
  const lines = html
    .replace(UNSEEN, '')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/\s+/g, ' ')
    .replace(ENDS_LINE, '\n')
    .replace(/<[^>]*(?:>|$)/g, '')
    .split('\n')
  return decodeEntities(lines.map((line) => line.trim()).join('\n'))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (all, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    if (!Number.isNaN(code)) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    return ENTITIES[String(name).toLowerCase()] ?? all
  })
}
