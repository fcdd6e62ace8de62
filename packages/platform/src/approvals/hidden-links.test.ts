import { expect, it } from 'vitest'
import { hideLinks } from './hidden-links.js'

const token = `${'aB_-'.repeat(10)}xyz`

it('tokens of links are left out of texts, however deep', () => {
  const data = {
    body: [`Decide: https://a.example/approvals/${token}?decision=approve, or not.`],
    url: `https://a.example/callbacks/${token}`,
  }
  expect(hideLinks(data)).toEqual({
    body: ['Decide: https://a.example/approvals/…?decision=approve, or not.'],
    url: 'https://a.example/callbacks/…',
  })
})

it('everything else stays as it is', () => {
  const data = JSON.parse(
    `{"__proto__": 1, "n": [null, true, 1.5, ""], "other": "/approvals/x /approvals/${token}x /a/${token}"}`,
  )
  expect(JSON.stringify(hideLinks(data))).toBe(JSON.stringify(data))
})
