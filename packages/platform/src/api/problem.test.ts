import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { toProblem } from './problem.js'

const PLACE = { requestId: 'req_1', baseUrl: 'https://plane.example' }

describe('a request that is not valid', () => {
  it('says what is wrong where, by codes with their facts as issues of definitions have them', () => {
    const request = z.strictObject({ name: z.string().max(3), tags: z.array(z.string()).refine(() => false, 'Odd.') })
    const { error } = request.safeParse({ name: 'long', tags: [] })
    expect(toProblem(error, PLACE)).toMatchObject({
      code: 'request.invalid',
      status: 400,
      issues: [
        { pointer: '/name', code: 'field.too_long', details: { limit: 3 } },
        { pointer: '/tags', message: 'Odd.' },
      ],
    })
    expect(toProblem(error, PLACE).issues?.[1]).not.toHaveProperty('code')
  })
})
