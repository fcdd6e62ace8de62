import { expect, it } from 'vitest'
import { cronProblem } from './cron.js'

it.each([
  '* * * * *',
  ' 0  9 * * 1-5 ',
  '*/60 */24 * * *',
  '*/15 8-18/2 1,15 JAN-MAR,dec MON,Wed-fri',
  '0 0 * * 7',
  '0 0 L * *',
  '0 0 LW,15W * *',
  '0 0 * * FRI#2,5L',
  '? ? ? * ?',
  '0 0 31 1,4 *',
  '0 0 29 2 *',
  '0 0 31 */2 *',
  '0 0 30 2 MON',
  '@daily',
])('%s is a schedule', (cron) => {
  expect(cronProblem(cron)).toBeUndefined()
})

it.each([
  ['', 'has 0 fields'],
  ['* * * *', 'has 4 fields'],
  ['0 * * * * *', 'has 6 fields'],
  ['every day at nine', 'has 4 fields'],
  ['60 * * * *', '"60" is no minute: it is a number from 0 to 59'],
  ['* 24 * * *', '"24" is no hour'],
  ['* * 0 * *', '"0" is no day of month'],
  ['* * * 13 *', '"13" is no month: it is a number from 1 to 12, JAN to DEC'],
  ['* * * * 8', '"8" is no day of week'],
  ['* * * * FUN', '"FUN" is no day of week'],
  ['22-2 * * * *', '"22-2" is no minute'],
  ['1,, * * * *', '"" is no minute'],
  ['5/2 * * * *', '"5/2" is no minute'],
  ['*/0 * * * *', '"*/0" is no minute'],
  ['*/2/3 * * * *', '"*/2/3" is no minute'],
  ['1-2-3 * * * *', '"1-2-3" is no minute'],
  ['-1 * * * *', '"-1" is no minute'],
  ['1.5 * * * *', '"1.5" is no minute'],
  ['0 0 30 2 *', 'never comes'],
  ['0 0 31 4,6-9/3 *', 'never comes'],
  ['@sometimes', 'has 1 fields'],
])('%s is none: %s', (cron, problem) => {
  expect(cronProblem(cron)?.message).toContain(problem)
})
