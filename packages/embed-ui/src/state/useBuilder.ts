import type { WorkflowDefinition } from '@inlay/engine'
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
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

/** The document as it is now. */
export function useDefinition(): WorkflowDefinition {
  return useBuilderState(({ history }) => history.present)
}
