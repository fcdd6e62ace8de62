// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { outliving } from './outliving.js'

const post = (body: string) => ({ method: 'POST', body })

describe('a request', () => {
  afterEach(() => void vi.restoreAllMocks())

  it.each([
    ['visible', post('{}'), undefined],
    ['hidden', post('{}'), true],
    ['hidden', post('x'.repeat(64 * 1024)), undefined],
    ['hidden', { method: 'GET' }, undefined],
  ] as const)('of a %s page outlives it where it must and may', (visibility, request, keepalive) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility)
    expect(outliving(request).keepalive).toBe(keepalive)
  })
})
