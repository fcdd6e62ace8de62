import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const ROOT = new URL('../../../', import.meta.url)
const GUIDE = 'docs/how-to/write-a-connector.md'

const guide = readFileSync(new URL(GUIDE, ROOT), 'utf8')
const snippets = [...guide.matchAll(/```ts (\S+)\n([\s\S]*?)\n```/g)].map(([, path = '', code = '']) => ({
  path,
  code,
}))

describe('the guide for authors', () => {
  it('shows code, and says whose it is', () => {
    expect(snippets.length).toBeGreaterThan(8)
    expect([...guide.matchAll(/```ts\n/g)]).toEqual([])
  })

  it.each(snippets)('shows what is in $path', ({ path, code }) => {
    expect(readFileSync(new URL(path, ROOT), 'utf8')).toContain(code)
  })

  it('names files that exist', () => {
    const named = [...guide.matchAll(/`((?:examples|connectors|docs)\/[\w./-]+)`/g)].map(([, path = '']) => path)
    expect(named.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([])
  })
})
