import { describe, expect, it } from 'vitest'
import {
  expressionPath,
  findInData,
  hasSecrets,
  isHiddenByName,
  pathKey,
  pathsAround,
  withoutHidden,
} from './data-search.js'
import { isSecretName } from './secrets.js'

const data = {
  order: { id: 'A-1001', lines: [{ sku: 'chair' }, { sku: 'desk' }] },
  auth: { password: 'chair-secret', user: 'Chair' },
}
const isShown = (path: readonly (string | number)[]) => !isHiddenByName(path)

describe('searching data', () => {
  it('finds names and values in reading order, and never looks into what is hidden', () => {
    expect(findInData(data, 'CHAIR', isShown)).toEqual([
      ['order', 'lines', 0, 'sku'],
      ['auth', 'user'],
    ])
    expect(findInData(data, 'password', isShown)).toEqual([['auth', 'password']])
    expect(findInData(data, '', isShown)).toEqual([])
  })

  it('opens everything around what was found', () => {
    const open = pathsAround([['order', 'lines', 0, 'sku']])
    expect(open).toEqual(new Set([[], ['order'], ['order', 'lines'], ['order', 'lines', 0]].map(pathKey)))
  })
})

describe('copying data', () => {
  it('leaves hidden values out', () => {
    expect(withoutHidden(data, isShown)).toMatchObject({ auth: { password: '[hidden]', user: 'Chair' } })
    expect(withoutHidden(data, () => true)).toEqual(data)
    expect([hasSecrets(data), hasSecrets(data.order)]).toEqual([true, false])
  })

  it('names parts as expressions do', () => {
    expect(expressionPath('steps.get.output', ['lines', 0, 'sku'])).toBe('steps.get.output.lines[0].sku')
    expect(expressionPath('trigger', ['content-type'])).toBe('trigger["content-type"]')
  })
})

it.each([
  ['password', true],
  ['apiKey', true],
  ['api_key', true],
  ['Authorization', true],
  ['accessToken', true],
  ['client_secret', true],
  ['nextPageToken', false],
  ['tokens', false],
  ['passenger', false],
  ['secretary', false],
  ['key', false],
])('a field named %s is a secret: %s', (name, expected) => {
  expect(isSecretName(name)).toBe(expected)
})
