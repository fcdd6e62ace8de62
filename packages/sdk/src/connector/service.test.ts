import type { HttpRequest, HttpResponse } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { nextLink, StepError, service, z } from './index.js'

/** A door behind which one answer waits. */
function answering(answer: { status?: number; text?: string; headers?: Record<string, string>; broken?: Error }) {
  const requests: HttpRequest[] = []
  const { status = 200, text = '', headers = {} } = answer
  const json = (): HttpResponse['json'] extends () => infer Json ? Json : never => {
    if (answer.broken !== undefined) throw answer.broken
    return JSON.parse(text)
  }
  const http = {
    request: async (request: HttpRequest): Promise<HttpResponse> => {
      requests.push(request)
      return { status, text, headers, bytes: Buffer.from(text), json }
    },
  }
  return { context: { http, signal: new AbortController().signal }, requests }
}

const acme = service({ name: 'Acme' })
const order = z.object({ id: z.string() })

describe('service', () => {
  it('sends with the signal, and gives what the schema makes of the answer', async () => {
    const { context, requests } = answering({ text: '{"id":"A-1","more":1}' })
    expect(await acme.call(context, { url: '/orders/A-1', answer: order })).toEqual({ id: 'A-1' })
    expect(requests).toEqual([{ url: '/orders/A-1', signal: context.signal }])
  })

  it('gives any JSON, or nothing, without a schema', async () => {
    expect(await acme.call(answering({ text: '[1]' }).context, { url: '/x' })).toEqual([1])
    expect(await acme.call(answering({ status: 204 }).context, { url: '/x' })).toBeUndefined()
  })

  it('gives the response too', async () => {
    const { context } = answering({ text: '{"id":"A"}', headers: { link: '</x?page=2>; rel="next"' } })
    const { answer, response } = await acme.send(context, { url: '/x', answer: order })
    expect([answer, nextLink(response)]).toEqual([{ id: 'A' }, '/x?page=2'])
  })

  it('gives files and redirects as they are, and fails on refusals of them', async () => {
    const file = answering({ text: '%PDF' })
    expect((await acme.raw(file.context, { url: '/file' })).text).toBe('%PDF')
    expect((await acme.raw(answering({ status: 308 }).context, { url: '/x', maxRedirects: 0 })).status).toBe(308)
    await expect(acme.raw(answering({ status: 404 }).context, { url: '/x' })).rejects.toMatchObject({
      kind: 'rejected',
    })
  })

  it.each<[string, Parameters<typeof answering>[0], object]>([
    ['a refusal', { status: 404, text: 'no' }, { kind: 'rejected', message: 'Acme answered with status 404' }],
    [
      'an unknown shape',
      { text: '{"id":1}' },
      { kind: 'communication', retryable: false, detail: expect.stringMatching(/^id: /) },
    ],
    ['nothing', { status: 204 }, { kind: 'communication', detail: expect.stringMatching(/^answer: /) }],
    [
      'a web page',
      { text: '<html>Sign in', broken: new StepError('communication', 'no JSON') },
      {
        kind: 'communication',
        message: 'Acme answered with a web page instead of JSON',
        detail: expect.stringContaining('Sign in'),
      },
    ],
    [
      'a text',
      { text: 'busy', broken: new StepError('communication', 'no JSON') },
      { kind: 'communication', message: 'Acme answered with a text instead of JSON' },
    ],
  ])('fails on %s', async (_name, answer, error) => {
    await expect(acme.call(answering(answer).context, { url: '/x', answer: order })).rejects.toMatchObject(error)
  })

  it('asks the refusal of the service first', async () => {
    const own = service({
      name: 'Own',
      refusal: ({ text }) => (text === 'no' ? new StepError('limit', 'Full') : undefined),
    })
    await expect(own.call(answering({ text: 'no' }).context, { url: '/x' })).rejects.toMatchObject({ kind: 'limit' })
  })
})
