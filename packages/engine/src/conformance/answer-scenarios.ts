import { claimOne, equal, isNamed, type JournalScenario, newRun, newToken, openStep, started } from './journal-world.js'
import { answersOf, waitFor, waiting } from './waiting-runs.js'

const ADDRESS = { stepPath: 'w', iteration: '0' }

/** How people and services answer. */
export const answerScenarios: readonly JournalScenario[] = [
  {
    name: 'the first answer to an approval or a callback stands, whoever holds the token gives it',
    check: async ({ journal }) => {
      const token = newToken()
      const detail = { title: 'Refund?', assignees: ['a@example.com'] }
      const { run } = await waiting(journal, { kind: 'approval', token, detail })
      const answers = await Promise.all([1, 2, 3].map((n) => journal.answer(token, { n, text: 'ja \u0000' })))
      const outcomes = answers.map(({ outcome }) => outcome)
      equal([...outcomes].sort(), ['already_answered', 'already_answered', 'answered'], 'outcomes')
      equal(
        answers.map((answer) => answer.run?.runId),
        [run.runId, run.runId, run.runId],
        'the run',
      )
      const first = outcomes.indexOf('answered')
      equal(isNamed(answers[first]?.due ?? [], run.runId), true, 'due')
      equal(await answersOf(journal, run), [{ ...ADDRESS, answer: { n: first + 1, text: 'ja \u0000' } }], 'the answer')
      equal(await journal.answer(newToken(), null), { outcome: 'not_found', due: [] }, 'another token')
    },
  },
  {
    name: 'a wait that is opened as it already stands keeps its answer, one with another token has none',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const wait = { kind: 'callback' as const, token: newToken(), detail: {} }
      await journal.append(lease, [openStep('w', { wait })])
      equal((await journal.answer(wait.token, 1)).outcome, 'answered', 'the answer')
      await journal.append(lease, [openStep('w', { seq: 1, wait })])
      equal((await journal.answer(wait.token, 2)).outcome, 'already_answered', 'a second answer')
      equal((await journal.park(lease, [], { status: 'waiting' })).isDueNow, true, 'due now')
      const second = await claimOne(journal, run.runId)
      if (second === undefined) throw new Error('a woken run could not be claimed')
      equal(second.answers, [{ ...ADDRESS, answer: 1 }], 'answers')
      const other = { ...wait, token: newToken() }
      const { isDueNow } = await journal.park(second, [openStep('w', { wait: other })], { status: 'waiting' })
      equal(isDueNow, false, 'due again')
      equal((await journal.answer(wait.token, 3)).outcome === 'answered', false, 'an answer to the old token')
      equal((await journal.answer(other.token, 4)).outcome, 'answered', 'an answer to the new token')
      equal(await answersOf(journal, run), [{ ...ADDRESS, answer: 4 }], 'answers to the new token')
    },
  },
  {
    name: 'an answer may be null',
    check: async ({ journal }) => {
      const token = newToken()
      const { run } = await waiting(journal, { kind: 'callback', token, detail: {} })
      equal((await journal.answer(token, null)).outcome, 'answered', 'the answer')
      equal((await journal.answer(token, 1)).outcome, 'already_answered', 'a second answer')
      equal(await answersOf(journal, run), [{ ...ADDRESS, answer: null }], 'answers')
    },
  },
  {
    name: 'the inbox shows what can be answered in its scope, oldest first',
    check: async ({ journal, pass }) => {
      const { tenantId, customerId } = newRun()
      const detail = { title: 'Refund?' }
      const approval = await waiting(journal, { kind: 'approval', token: newToken(), detail }, { tenantId, customerId })
      await pass(20)
      const token = newToken()
      const callback = await waiting(journal, { kind: 'callback', token, detail: {} }, { tenantId })
      await waiting(journal, waitFor('paid'), { tenantId })
      const ids = async (more: object): Promise<unknown> =>
        (await journal.openWaits({ tenantId }, { limit: 10, ...more })).map(({ run }) => run.runId)
      equal(await ids({}), [approval.run.runId, callback.run.runId], 'all')
      equal(await ids({ limit: 1 }), [approval.run.runId], 'the first')
      equal(await ids({ kind: 'callback' }), [callback.run.runId], 'callbacks')
      equal(await ids({ runId: approval.run.runId }), [approval.run.runId], 'of one run')
      const [open] = await journal.openWaits({ tenantId, customerId }, { limit: 10 })
      equal([open?.kind, open?.detail, open?.stepPath, open?.iteration], ['approval', detail, 'w', '0'], 'an entry')
      equal([open?.run.customerId, open?.run.workflowId], [customerId, approval.run.workflowId], 'its run')
      equal(await journal.openWaits({ tenantId: newRun().tenantId }, { limit: 10 }), [], 'elsewhere')
      await journal.answer(token, 1)
      equal(await ids({}), [approval.run.runId], 'after an answer')
    },
  },
]
