import { expect, it } from 'vitest'
import { EVALUATION_HELP } from './evaluation-list.js'
import { ISSUE_HELP } from './issue-list.js'
import { issuesMarkdown } from './issue-pages.js'

it('says of each code what is wrong in sentences, without the name of who makes the product', () => {
  const helps = [...Object.values(ISSUE_HELP), ...Object.values(EVALUATION_HELP)]
  const wrong = helps.filter((what) => !/^[A-Z`].*\.$/.test(what) || /inlay/i.test(what))
  expect(wrong).toEqual([])
})

it('is a page of the documentation', async () => {
  await expect(issuesMarkdown()).toMatchFileSnapshot('../../../../docs/definition-issues.md')
})
