import { aroundSaid, SAID } from '../messages/said.js'
import { useTexts } from '../messages/useTexts.js'
import { type FailedFor, failureWords } from './failure-words.js'
import { Quoted } from './ProblemText.js'

export interface FailureLineProps {
  readonly error: FailedFor
  readonly className?: string | undefined
}

/** Why something failed, in one line: in the language of the widget, then what was said of it elsewhere. */
export function FailureLine({ error, className }: FailureLineProps) {
  const t = useTexts()
  const { title, said } = failureWords(error, t)
  const { before, after } = aroundSaid(t('issue.of', { name: title, text: SAID }))
  return (
    <span className={className}>
      {said === undefined ? (
        title
      ) : (
        <>
          {before}
          <Quoted>{said.title}</Quoted>
          {after}
        </>
      )}
    </span>
  )
}
