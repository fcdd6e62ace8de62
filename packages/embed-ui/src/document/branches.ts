import type { BranchStep, ParallelStep, SplitStep, Step } from '@inlay/engine'

const MAX_NAME_LENGTH = 60

/** A branch step with one more case at the end. */
export function addCase(step: BranchStep): BranchStep {
  return { ...step, cases: [...step.cases, { if: '', steps: [] }] }
}

/** A branch step without a case and its steps; the last case stays. */
export function removeCase(step: BranchStep, index: number): BranchStep {
  return step.cases.length <= 1 ? step : { ...step, cases: step.cases.filter((_, at) => at !== index) }
}

/** A branch step with two neighbouring cases swapped. */
export function moveCase(step: BranchStep, index: number, direction: -1 | 1): BranchStep {
  const cases = swapped(step.cases, index, direction)
  return cases === step.cases ? step : { ...step, cases }
}

/** A branch step with a case's condition or name changed. */
export function updateCase(step: BranchStep, index: number, change: { if?: string; name?: string }): BranchStep {
  return {
    ...step,
    cases: step.cases.map((each, at) => {
      if (at !== index) return each
      const { name: _name, ...rest } = { ...each, ...change }
      const name = change.name ?? each.name
      return name === undefined || name === '' ? rest : { ...rest, name }
    }),
  }
}

/** A parallel step with one more branch, named by the next free letter. */
export function addBranch(step: ParallelStep): ParallelStep {
  return { ...step, branches: { ...step.branches, [freeName(step.branches)]: [] } }
}

/** A parallel step without a branch and its steps; the last branch stays. */
export function removeBranch(step: ParallelStep, name: string): ParallelStep {
  const rest = Object.entries(step.branches).filter(([each]) => each !== name)
  return rest.length === 0 ? step : { ...step, branches: Object.fromEntries(rest) }
}

/** A parallel step with a branch renamed in its place; the same step when the name is taken or not valid. */
export function renameBranch(step: ParallelStep, from: string, to: string): ParallelStep {
  if (!/^[a-z][a-z0-9_]*$/.test(to) || Object.hasOwn(step.branches, to)) return step
  const entries = Object.entries(step.branches).map(([name, steps]) => [name === from ? to : name, steps] as const)
  return { ...step, branches: Object.fromEntries(entries) }
}

/** A parallel step with two neighbouring branches swapped, in the order in which they are drawn. */
export function moveBranch(step: ParallelStep, index: number, direction: -1 | 1): ParallelStep {
  const before = Object.entries(step.branches)
  const entries = swapped(before, index, direction)
  return entries === before ? step : { ...step, branches: Object.fromEntries(entries) }
}

/** Words as the name of a branch: small letters, digits and `_`. */
export function toBranchName(words: string): string {
  return words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, MAX_NAME_LENGTH)
}

/** A split step with two neighbouring variants swapped. */
export function moveVariant(step: SplitStep, index: number, direction: -1 | 1): SplitStep {
  const variants = swapped(step.variants, index, direction)
  return variants === step.variants ? step : { ...step, variants }
}

/** A split step with one more variant, as often taken as the last one. */
export function addVariant(step: SplitStep): SplitStep {
  const last = step.variants.at(-1)
  const name = String.fromCharCode(65 + (step.variants.length % 26))
  return { ...step, variants: [...step.variants, { name, weight: last?.weight ?? 50, steps: [] }] }
}

/** A split step without a variant and its steps; two stay. */
export function removeVariant(step: SplitStep, index: number): SplitStep {
  return step.variants.length <= 2 ? step : { ...step, variants: step.variants.filter((_, at) => at !== index) }
}

/** A split step with a variant's name or weight changed. */
export function updateVariant(
  step: SplitStep,
  index: number,
  change: { readonly name?: string; readonly weight?: number },
): SplitStep {
  return { ...step, variants: step.variants.map((each, at) => (at === index ? { ...each, ...change } : each)) }
}

/** A list with a member and its neighbour swapped; the same list at its ends. */
function swapped<T>(list: readonly T[], index: number, direction: -1 | 1): readonly T[] {
  const [one, other] = [list[index], list[index + direction]]
  return one === undefined || other === undefined ? list : list.with(index, other).with(index + direction, one)
}

function freeName(branches: Readonly<Record<string, readonly Step[]>>): string {
  for (let number = 0; ; number++) {
    const letter = String.fromCharCode(97 + (number % 26))
    const name = number < 26 ? letter : `${letter}${Math.floor(number / 26)}`
    if (!Object.hasOwn(branches, name)) return name
  }
}
