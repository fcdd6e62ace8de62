import { describe, expect, it } from 'vitest'
import { formatDuration } from './Time.js'

describe('a length of time', () => {
  it.each([
    [84, '84 ms'],
    [1240, '1.2 s'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
  ])('of %i ms is written with symbols that all Latin scripts share', (ms, text) => {
    expect(formatDuration(ms, 'en')).toBe(text)
  })

  it('is written in words where the script is another one', () => {
    expect(formatDuration(185_000, 'ja')).toBe('3 分 5 秒')
    expect(formatDuration(1240, 'ar')).not.toMatch(/[a-z]/i)
  })
})
