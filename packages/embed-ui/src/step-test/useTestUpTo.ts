import { createContext, useContext } from 'react'

/** Starts a test of the whole workflow that ends after a step. */
export type TestUpTo = (stepId: string) => void

const TestUpToContext = createContext<TestUpTo | undefined>(undefined)

/** Lets the panels inside start tests that end after a step. */
export const TestUpToProvider = TestUpToContext.Provider

/** Undefined where whole tests are not offered. */
export function useTestUpTo(): TestUpTo | undefined {
  return useContext(TestUpToContext)
}
