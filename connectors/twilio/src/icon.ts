/** A speech bubble with four dots: a drawing of our own. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><circle cx="12" cy="12" r="10"/><circle cx="9" cy="9" r="1.500"/><circle cx="15" cy="9" r="1.500"/><circle cx="9" cy="15" r="1.500"/><circle cx="15" cy="15" r="1.500"/></svg>'
