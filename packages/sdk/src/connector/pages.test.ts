import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collectPages, nextLink, type PageOf } from './pages.js'

const LISTED = [...'abcdefghij']
/** Pages of three items, by offset. */
const read = async (from: number): Promise<PageOf<string, number>> => ({
  items: LISTED.slice(from, from + 3),
  next: from + 3 < LISTED.length ? from + 3 : undefined,
})

describe('collectPages', () => {
  it('reads to the end, or to a bound', async () => {
    expect(await collectPages(read, 0)).toEqual(LISTED)
    expect(await collectPages(read, 0, { maxItems: 4 })).toEqual(LISTED.slice(0, 4))
    expect(await collectPages(read, 0, { maxPages: 2 })).toEqual(LISTED.slice(0, 6))
  })

  it('ends at a page that names itself as the next', async () => {
    let asked = 0
    const stuck = async (): Promise<PageOf<number, string>> => ({ items: [++asked], next: 'end' })
    expect(await collectPages(stuck, 'start')).toEqual([1, 2])
  })
})

const link = (header: string | undefined): string | undefined =>
  nextLink({ headers: header === undefined ? {} : { link: header } })

describe('nextLink', () => {
  it.each<[string | undefined, string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['<https://a.test/x?page=2>; rel="next"', 'https://a.test/x?page=2'],
    ['<https://a.test/x?page=1>; rel="prev", <https://a.test/x?page=3>; rel="next"', 'https://a.test/x?page=3'],
    ['<https://a.test/?ids=1,2;3>; rel=next', 'https://a.test/?ids=1,2;3'],
    ['</x>; REL="Next last"; title="b"', '/x'],
    ['</x>; title="next"; rel="prev"', undefined],
    ['</x>; rel="prev"; title="; rel=\\"next\\" "', undefined],
    ['</x>; rel=prev; title="the next"', undefined],
    ['</x>; rel="nextish"', undefined],
    ['</a>; rel="first", </b>;rel=next;title=c, </d>; rel="last"', '/b'],
  ])('finds in %s: %s', (header, url) => {
    expect(link(header)).toBe(url)
  })

  it('finds the next among any others, and takes any text', () => {
    const relation = fc.constantFrom('prev', 'first', 'last', 'self')
    const path = fc.webPath().map((text) => `/${text.replaceAll(/[<>]/g, '')}`)
    const other = fc.tuple(path, relation).map(([url, rel]) => `<${url}>; rel="${rel}"`)
    fc.assert(
      fc.property(fc.array(other), path, fc.array(other), (before, url, after) => {
        expect(link([...before, `<${url}>; rel="next"`, ...after].join(', '))).toBe(url)
        expect(link([...before, ...after].join(', '))).toBeUndefined()
      }),
    )
    fc.assert(fc.property(fc.string(), (text) => void link(text)))
  })
})
