import { describe, expect, it } from 'vitest'
import { compareVersions, isPrerelease, newestVersion } from './versions.js'

describe('versions', () => {
  it('are in the order of semver.org', () => {
    // The example of the specification, and what orders by text get wrong.
    const ordered = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.2.0',
      '1.10.0',
      '1.10.9',
      '1.10.10',
      '2.0.0',
      '10.0.0',
    ]
    expect([...ordered].reverse().toSorted(compareVersions)).toEqual(ordered)
    expect([...ordered].sort(() => 0).toSorted((a, b) => compareVersions(b, a))).toEqual(ordered.toReversed())
  })

  it('are the same whatever build they are of', () => {
    expect(compareVersions('1.0.0+5', '1.0.0+exp.sha')).toBe(0)
  })

  it('are newer than what is no version', () => {
    expect(compareVersions('0.0.1', 'latest')).toBeGreaterThan(0)
    expect(compareVersions('latest', '0.0.1')).toBeLessThan(0)
    expect(compareVersions('latest', 'next')).toBe(0)
  })

  it('are not given as the newest before they are released, unless there is nothing else', () => {
    expect(newestVersion(['1.9.0', '2.0.0-rc.1', '1.10.0'])).toBe('1.10.0')
    expect(newestVersion(['2.0.0-rc.1', '2.0.0-rc.2'])).toBe('2.0.0-rc.2')
    expect(newestVersion([])).toBeUndefined()
    expect([isPrerelease('2.0.0-rc.1'), isPrerelease('2.0.0+rc')]).toEqual([true, false])
  })
})
