import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError, type UserErrorReason } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { toProblem } from '../api/problem.js'
import { ERROR_AREAS, errorHelp } from './error-list.js'
import { errorsMarkdown } from './error-pages.js'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
/** Whatever refuses requests, or is asked by what does. */
const FOLDERS = ['packages/platform/src', 'packages/engine/src', 'packages/openapi/src', 'apps/control-plane/src']
const PLACE = { requestId: '', baseUrl: 'https://plane.example' }

interface Refusal {
  readonly code: string
  readonly status: number
}

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('help'))
    .map((path) => readFileSync(join(ROOT, folder, path), 'utf8').replaceAll(/new UserError\(\s+/g, 'new UserError(')),
)
const statusOf = (reason: UserErrorReason): number => toProblem(new UserError(reason, 'x', ''), PLACE).status

/** Refusals whose reason and code are written out. */
const written: readonly Refusal[] = sources.flatMap((text) =>
  [...text.matchAll(/new UserError\('(\w+)',\s*(?:\w+ \? '([\w.]+)' : )?'([\w.]+)'/g)].flatMap(([, reason, ...codes]) =>
    codes.flatMap((code) =>
      // The first argument of the constructor can be nothing else: the compiler says so.
      code === undefined ? [] : [{ code, status: statusOf(reason as UserErrorReason) }],
    ),
  ),
)
/** Refusals of a table, such as that of the proxy. */
const tabled: readonly Refusal[] = sources.flatMap((text) =>
  [...text.matchAll(/status: (\d{3}),(?:\s*\w+: '[A-Z_]+',)?\s*code: '([\w.]+)'/g)].map(([, status, code = '']) => ({
    code,
    status: Number(status),
  })),
)

describe('the list of error codes', () => {
  it('has every code that the source refuses with, and its status', () => {
    const missing = [...written, ...tabled].filter(
      ({ code, status }) => errorHelp(code)?.status.includes(status) !== true,
    )
    // Whoever adds a code says what it means in packages/platform/src/help/errors.
    expect(missing).toEqual([])
    expect(written.length).toBeGreaterThan(130)
  })

  it('knows all places where a code is put together', () => {
    const dynamic = sources.flatMap((text) =>
      [...text.matchAll(/new UserError\((?!'\w+',\s*(?:\w+ \? '[\w.]+' : )?')([^\n]{0,60})/g)].map(([, rest]) => rest),
    )
    expect(dynamic.sort()).toEqual([
      // Codes of the import, which are written out in packages/openapi.
      "'unprocessable', code, message, detail === undefined ? {} : ",
      // The compiler holds the list against the refusals that there are.
      'reason, `oauth.${refusal}`, title, { detail: detail ?? usual',
    ])
  })

  it('has no code that nothing refuses with', () => {
    const all = sources.join('\n')
    const composed = /^(step|oauth)\./
    const codes = ERROR_AREAS.flatMap(([, errors]) => Object.keys(errors))
    expect(codes.filter((code) => !composed.test(code) && !all.includes(`'${code}'`))).toEqual([])
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('says what, why and what to do in sentences, without the name of who makes the product', () => {
    const entries = ERROR_AREAS.flatMap(([, errors]) => Object.entries(errors))
    const wrong = entries.filter(([, { what, why, fix }]) =>
      [what, why, fix].some((text) => !/^[A-Z`].*[.…]$/.test(text) || /inlay/i.test(text)),
    )
    expect(wrong).toEqual([])
  })

  it('is a page of the documentation', async () => {
    await expect(errorsMarkdown()).toMatchFileSnapshot('../../../../docs/errors.md')
  })
})
