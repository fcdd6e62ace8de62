import { problemText, readProblem } from '../data/api-error.js'
import type { FieldIssue } from '../document/issues.js'
import type { Texts } from '../messages/useTexts.js'
import { issueWords } from '../problems/issue-words.js'

/** Why an automation was not saved or switched on. */
export interface Refusal {
  /** In the person's words; it has what no setting can say beside its field. */
  readonly text: string
  /** What is wrong with settings, by JSON Pointers into them. */
  readonly issues: readonly FieldIssue[]
}

/** Settings are variables of the definition. */
const SETTINGS = '/vars'

/** What people are told of an error of the server. */
export function refusalOf(error: unknown, t: Texts): Refusal {
  const problem = readProblem(error)
  const found = problem.issues.map(({ code, pointer, message, details = {} }) => ({
    pointer,
    message: issueWords({ code, details, message }, { t, stepNames: () => undefined }),
  }))
  const isSetting = ({ pointer }: { readonly pointer: string }) => pointer.startsWith(`${SETTINGS}/`)
  const others = new Set(found.filter((issue) => !isSetting(issue)).map(({ message }) => message))
  return {
    text: [problemText({ ...problem, issues: [] }, t), ...others].join(' '),
    issues: found
      .filter(isSetting)
      .map(({ pointer, message }) => ({ owner: '', field: pointer.slice(SETTINGS.length), message })),
  }
}
