import { describe, expect, it } from 'vitest'
import { readLinkTo } from './read-link-to.js'

const PAGE = 'https://app.example/settings?tab=1'
const PATH = '/workflows/wf_1/runs/run_1?status=failed'

describe('where a host shows a path', () => {
  it.each([
    ['https://app.example/automations{path}', `https://app.example/automations${PATH}`],
    ['/automations{path}', `https://app.example/automations${PATH}`],
    ['/automations#{path}', `https://app.example/automations#${PATH}`],
    ['/automations?at={path}', `https://app.example/automations?at=${encodeURIComponent(PATH)}`],
    ['/automations', 'https://app.example/automations'],
  ])('is said by %s', (pattern, link) => {
    expect(readLinkTo(pattern, PATH, PAGE)).toBe(link)
  })

  it('is said by a function, too', () => {
    expect(readLinkTo((path) => `/a${path}`, '/runs/$&', PAGE)).toBe('https://app.example/a/runs/$&')
    expect(() => readLinkTo(() => 'http://', PATH, PAGE)).toThrow(TypeError)
  })
})
