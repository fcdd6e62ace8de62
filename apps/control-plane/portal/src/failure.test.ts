import { ApiError } from '@inlay/sdk/client'
import { describe, expect, it } from 'vitest'
import { inWords } from './failure.js'

describe('what is said of a failed call', () => {
  it('is what the API says', () => {
    const taken = new ApiError('The id is taken.', { code: 'test', status: 409, detail: 'Choose another.' })
    expect(inWords(taken)).toEqual({ title: 'The id is taken.', detail: 'Choose another.' })
    const fields = { code: 'test', status: 503, type: 'https://inlay.example/docs/errors/test' }
    expect(inWords(new ApiError('It is being restarted.', fields)).title).toBe('It is being restarted.')
  })

  it('is what a person can do where the API did not answer', () => {
    const proxy = new ApiError("The answer is not the API's. Check baseUrl.", { code: 'test', status: 502 })
    const none = new ApiError('fetch failed', { code: 'test', status: 0 })
    expect([proxy, none].map((error) => inWords(error).title)).toEqual([
      'The server did not answer',
      'The server did not answer',
    ])
  })
})
