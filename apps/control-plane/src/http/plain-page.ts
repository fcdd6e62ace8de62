/** Pages of plain HTML for people outside of the portal: in the tenant's name, readable in the dark, for any device. */
import { createHash } from 'node:crypto'
import { brandStyle, type PageBrand } from './page-brand.js'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 var(--font, system-ui, sans-serif); }
body { margin: 0; display: grid; place-items: center; min-height: 100vh; background: var(--background, Canvas); color: var(--text, CanvasText); }
main { box-sizing: border-box; width: min(32rem, 100%); padding: 2rem 1.5rem; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
code { font: .875em ui-monospace, monospace; }
a { color: inherit; text-underline-offset: .35em; }
p { margin: 0 0 1rem; white-space: pre-line; overflow-wrap: anywhere; }
.from, .deadline { color: color-mix(in srgb, currentColor 70%, transparent); font-size: .875rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .375rem 1rem; margin: 0 0 1rem; }
dt { color: color-mix(in srgb, currentColor 70%, transparent); }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
ul { margin: 0 0 1rem; padding-inline-start: 1.25rem; }
li { margin-bottom: .5rem; overflow-wrap: anywhere; }
label { display: block; font-size: .875rem; margin-bottom: .25rem; }
textarea { box-sizing: border-box; width: 100%; font: inherit; padding: .5rem; margin-bottom: 1rem; }
.warning { border-inline-start: .25rem solid #c2410c; padding-inline-start: .75rem; }
.actions { display: flex; gap: .75rem; flex-wrap: wrap; }
button, .button { font: inherit; padding: .5rem 1.25rem; border: 1px solid currentColor; border-radius: var(--radius, .375rem); background: none; color: inherit; cursor: pointer; text-decoration: none; }
button.main, .button.main { background: var(--main, CanvasText); color: var(--on-main, var(--readable)); border-color: var(--main, CanvasText); }
.from img { display: block; max-width: 12rem; max-height: 3rem; }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
`

/** Black or white, whichever can be read on the main colour, whatever it is. */
const READABLE =
  ':root{--readable:Canvas}@supports (color:oklch(from red l c h)){:root{--readable:oklch(from var(--main, CanvasText) clamp(0, (.62 - l) * 1000, 1) 0 0)}}'

function styleOf(brand: PageBrand | undefined): string {
  return `${STYLE}${READABLE}${brandStyle(brand)}`
}

/**
 * What such a page may do: show itself, and send its form to where it came from.
 *
 * @param nonce of a script of the page's own
 * @param brand that the page wears
 */
export function pagePolicy(nonce?: string, brand?: PageBrand): string {
  const style = `style-src 'sha256-${createHash('sha256').update(styleOf(brand)).digest('base64')}'`
  const script = nonce === undefined ? [] : [`script-src 'nonce-${nonce}'`]
  const images = brand === undefined ? [] : ['img-src data:']
  const rest = ["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
  return ["default-src 'none'", style, ...script, ...images, ...rest].join('; ')
}

/**
 * @param body HTML: texts in it must have been escaped
 * @param brand that the page wears; its policy needs the same one
 */
export function plainPage(title: string, body: string, brand?: PageBrand): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${styleOf(brand)}</style></head>
<body><main>
${body}
</main></body>
</html>
`
}

/** Whose page it is: the logo in the form that fits the page's scheme, or the name where there is none. */
export function fromLine(name: string, { logo, logoDark, appearance }: PageBrand): string {
  const { colorScheme } = appearance
  const image = colorScheme === 'dark' ? (logoDark ?? logo) : (logo ?? logoDark)
  if (image === null) return `<p class="from">${escapeHtml(name)}</p>`
  const isFixed = colorScheme === 'light' || colorScheme === 'dark'
  const dark =
    logoDark === null || isFixed ? '' : `<source media="(prefers-color-scheme: dark)" srcset="${escapeHtml(logoDark)}">`
  return `<p class="from"><picture>${dark}<img src="${escapeHtml(image)}" alt="${escapeHtml(name)}"></picture></p>`
}

/** Says what has become of something. */
export function outcomePage(title: string, message: string, from?: PageSender): string {
  const whose = from === undefined ? '' : `${fromLine(from.tenantName, from.brand)}\n`
  return plainPage(title, `${whose}<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(message)}</p>`, from?.brand)
}

/** In whose name a page speaks. */
export interface PageSender {
  readonly tenantName: string
  readonly brand: PageBrand
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it stands in HTML, also within quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
