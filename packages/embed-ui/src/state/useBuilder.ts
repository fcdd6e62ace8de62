import type { WorkflowDefinition } from '@inlay/engine'
import { createContext, useContext, useMemo } from 'react'
import { useStore } from 'zustand'
import type { PlacedIssue } from '../document/issues.js'
import type { Builder, BuilderState } from './builder-store.js'

const BuilderContext = createContext<Builder | undefined>(undefined)

/** Gives its children the open workflow. */
export const BuilderProvider = BuilderContext.Provider

/** The open workflow's actions. @throws Error outside an editor */
export function useBuilder(): Builder {
  const builder = useContext(BuilderContext)
  if (builder === undefined) throw new Error('This component works inside <WorkflowEditor> only.')
  return builder
}

/** A part of the open workflow's state; redraws when it changes. */
export function useBuilderState<T>(select: (state: BuilderState) => T): T {
  return useStore(useBuilder().store, select)
}

/** The issues that are shown: all but those of a step that was just added and is still being filled in. */
export function useShownIssues(): readonly PlacedIssue[] {
  const issues = useBuilderState((state) => state.issues)
  const freshId = useBuilderState((state) => state.freshId)
  return useMemo(() => (freshId === null ? issues : issues.filter(({ owner }) => owner !== freshId)), [issues, freshId])
}

/** The document as it is now. */
export function useDefinition(): WorkflowDefinition {
  return useBuilderState(({ history }) => history.present)
}
