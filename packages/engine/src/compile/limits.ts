/** Steps that one definition may have in all, unless the host says otherwise. */
export const MAX_STEPS = 2000

/** Blocks within each other, unless the host says otherwise. */
export const MAX_NESTING = 20

/** Bounds of a definition. */
export interface DefinitionLimits {
  /** @default 2000 */
  readonly maxSteps?: number
  /** @default 20 */
  readonly maxNesting?: number
}
