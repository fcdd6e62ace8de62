import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Addresses } from '@inlay/platform/domains'
import {
  ERROR_AREAS,
  ERRORS_PATH,
  type ErrorHelp,
  errorHelp,
  errorMarkdown,
  errorsMarkdown,
  GUIDES,
  llmsText,
  localized,
} from '@inlay/platform/help'
import express, { type Response, type Router } from 'express'
import { escapeHtml, pagePolicy, plainPage } from './plain-page.js'
import { siteOf } from './site.js'

/** Of the repository: guides are served as they are read there. */
const documents = fileURLToPath(new URL('../../../../docs', import.meta.url))

/** What developers and their coding agents read: pages about error codes, guides as Markdown, and `/llms.txt`. */
export function helpPages(addresses: Addresses): Router {
  const router = express.Router()
  router.get('/llms.txt', (request, response) => {
    sendText(response, 'text/plain', llmsText(siteOf(request, addresses).origin))
  })
  router.get('/docs/guides/:file', async (request, response, next) => {
    const guide = GUIDES.find(({ name }) => `${name}.md` === request.params.file)
    if (guide === undefined) return next()
    const text = await readFile(`${documents}/${guide.file}`, 'utf8')
    sendText(response, 'text/markdown', localized(text, siteOf(request, addresses).origin))
  })
  router.get(ERRORS_PATH, (_request, response) => sendPage(response, errorsPage()))
  router.get(`${ERRORS_PATH}.md`, (_request, response) => sendText(response, 'text/markdown', errorsMarkdown()))
  router.get(`${ERRORS_PATH}/:code`, ({ params: { code } }, response, next) => {
    const [, name, isMarkdown] = /^(.+?)(\.md)?$/.exec(code) ?? []
    const help = name === undefined ? undefined : errorHelp(name)
    if (name === undefined || help === undefined) return next()
    if (isMarkdown === undefined) sendPage(response, errorPage(name, help))
    else sendText(response, 'text/markdown', errorMarkdown(name, help))
  })
  return router
}

function sendText(response: Response, type: string, text: string): void {
  response.setHeader('cache-control', 'public, max-age=300')
  response.type(`${type}; charset=utf-8`).send(text)
}

function sendPage(response: Response, page: string): void {
  response.setHeader('cache-control', 'public, max-age=300')
  response.setHeader('content-security-policy', pagePolicy())
  response.type('text/html').send(page)
}

function errorPage(code: string, { status, what, why, fix }: ErrorHelp): string {
  const facts = [
    ['Why', why],
    ['What to do', fix],
    ['HTTP status', status.join(', ')],
  ] as const
  const rows = facts.map(([name, text]) => `<h2>${name}</h2>\n<p>${withCode(text)}</p>`)
  return plainPage(
    code,
    `<p class="from"><code>${escapeHtml(code)}</code></p>
<h1>${withCode(what)}</h1>
${rows.join('\n')}
<p><a href="${ERRORS_PATH}">All error codes</a></p>`,
  )
}

function errorsPage(): string {
  const areas = ERROR_AREAS.map(([title, errors]) => {
    const items = Object.entries(errors).map(
      ([code, { what }]) =>
        `<li><a href="${ERRORS_PATH}/${escapeHtml(code)}"><code>${escapeHtml(code)}</code></a><br>${withCode(what)}</li>`,
    )
    return `<h2>${escapeHtml(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`
  })
  return plainPage('Errors', `<h1>Errors</h1>\n<p>${INTRODUCTION}</p>\n${areas.join('\n')}`)
}

const INTRODUCTION = withCode(
  'A refused request is answered by a problem document (RFC 9457). Its `code` is stable; its `type` is the address of a page here.',
)

/** Names between backticks stand out. */
function withCode(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}
