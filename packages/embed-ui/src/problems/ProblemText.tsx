import { type ApiProblem, problemParts } from '../data/api-error.js'
import { useTexts } from '../messages/useTexts.js'

/** What somebody else has said, such as a service: in which language, and from which side it is read, nobody knows. */
export function Quoted({ children }: { readonly children: string }) {
  return (
    <bdi lang="" dir="auto" data-inlay-part="quoted">
      {children}
    </bdi>
  )
}

/** A problem in the language of the widget; what a service says of it is marked as its words. */
export function ProblemText({ problem }: { readonly problem: ApiProblem }) {
  const { before, said, after } = problemParts(problem, useTexts())
  return (
    <>
      {before}
      {said !== '' && <Quoted>{said}</Quoted>}
      {after}
    </>
  )
}
