/** A database, drawn for this connector. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8"><ellipse cx="12" cy="5.500" rx="7" ry="2.500"/><path d="M5 5.500v13c0 1.400 3.100 2.500 7 2.500s7-1.100 7-2.500v-13M5 12c0 1.400 3.100 2.500 7 2.500s7-1.100 7-2.500"/></svg>'
