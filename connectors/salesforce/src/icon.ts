/** A cloud: a drawing of our own. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path d="M7 19a5 5 0 0 1-.700-9.950A6 6 0 0 1 17.600 8.200 5.500 5.500 0 0 1 17 19Z"/></svg>'
