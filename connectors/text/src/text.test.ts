import { describeConnectorContract, runAction } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { connector } from './index.js'

const run = (action: string, input: object) => runAction(connector, action, { input })

describe('text', () => {
  it.each(Object.entries(connector.actions))(
    '%s does what its sample says',
    async (id, { sampleInput, sampleOutput }) => {
      expect(await run(id, sampleInput ?? {})).toEqual(sampleOutput)
    },
  )

  it('takes a search that is no pattern for what it is, and its replacement too', async () => {
    expect(await run('replace', { text: 'a.b ($)', search: '.', replacement: '$1' })).toEqual({ text: 'a$1b ($)' })
    const missing = run('replace', { text: 'a', search: 'a', replacement: '$1', isPattern: true })
    expect(await missing).toEqual({ text: '$1' })
  })

  it('is not kept busy by a pattern that would keep others busy', async () => {
    const input = { text: `${'a'.repeat(50_000)}!`, what: 'pattern', pattern: '(a+)+$' }
    expect(await run('extract', input)).toEqual({ first: null, all: [], count: 0 })
  })

  it('says what is wrong with a pattern', async () => {
    const input = { text: 'x', what: 'pattern', pattern: '(?=x)' }
    await expect(run('extract', input)).rejects.toMatchObject({ kind: 'validation' })
    await expect(run('extract', { text: 'x', what: 'pattern' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it.each([
    ['email', 'Ask kim@shop.example, or "lee+a@b.co".', ['kim@shop.example', 'lee+a@b.co']],
    ['url', 'See https://a.test/x?y=1. (http://b.test)', ['https://a.test/x?y=1', 'http://b.test']],
    ['number', 'From -3 to 1,250.50', ['-3', '1,250.50']],
  ])('finds each %s', async (what, text, expected) => {
    expect(await run('extract', { text, what })).toMatchObject({ all: expected.map((found) => ({ text: found })) })
  })

  it.each([
    ['snake', 'orderID of Kim', 'order_id_of_kim'],
    ['kebab', 'HTTPServer2Go', 'http-server2-go'],
    ['title', "it's über-cool", "It's Über-Cool"],
    ['sentence', '… hello', '… Hello'],
  ])('writes %s case', async (letters, text, expected) => {
    expect(await run('changeCase', { text, case: letters })).toEqual({ text: expected })
  })

  it('does not cut through what is one character for people', async () => {
    expect(await run('truncate', { text: '👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', length: 2 })).toEqual({
      text: '👩‍👩‍👧‍👦…',
      wasCut: true,
    })
  })

  it('reads web pages without what is not text', async () => {
    const html =
      '<head><title>T</title></head><style>p{}</style><p>1 &lt; 2</p><script>alert(1)</script><header>H</header>'
    expect(
      await run('htmlToText', { html: `${html}<!-- no --><ul><li>a<li>b</li></ul>&#9731;&#x1F600;&bogus;` }),
    ).toEqual({
      text: '1 < 2\nHab\n☃😀&bogus;',
    })
    expect(await run('htmlToText', { html: '<script>never closed' })).toEqual({ text: '' })
  })
})

describeConnectorContract(connector, { describe, it, expect })
