import { setNonce } from 'get-nonce'
import { createContext, useContext } from 'react'

/** The nonce of the page's Content-Security-Policy; undefined where none is needed. */
export const CspNonceContext = createContext<string | undefined>(undefined)

/** For libraries that add styles of their own, such as editors of code. */
export function useCspNonce(): string | undefined {
  return useContext(CspNonceContext)
}

/** Lets Radix lock the page's scrolling under a policy without `unsafe-inline`. Safe to call twice. */
export function allowStyles(nonce: string | undefined): void {
  if (nonce !== undefined) setNonce(nonce)
}
