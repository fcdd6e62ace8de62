import { describe, expect, it } from 'vitest'
import { readOrigins } from './read-origins.js'

describe('the origins that somebody typed', () => {
  it('are those of the addresses, each once', () => {
    const text = 'https://app.example.com/\n\n  https://app.example.com/settings?tab=1 \nhttp://localhost:4500'
    expect(readOrigins(text)).toEqual({ origins: ['https://app.example.com', 'http://localhost:4500'] })
  })

  it('are none where a line is no address, which is told', () => {
    expect(readOrigins('https://app.example.com\napp.example.com').wrong).toBe('app.example.com')
    expect(readOrigins('https://').wrong).toBe('https://')
  })
})
