/** A letter in a frame, and somebody beside it: a drawing of our own. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><rect x="2" y="6" width="12" height="12" rx="2"/><path d="M5 10h6M8 10v5M17 10h5v5a4 4 0 0 1-5 4"/><circle cx="19" cy="5" r="2"/></svg>'
