/** A bucket: an abstract glyph of our own, not the service's mark. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path d="M12 1.5c5 0 9.5 1.4 9.5 3.5S17 8.5 12 8.5 2.5 7.1 2.5 5 7 1.5 12 1.5Zm9.3 6.2-2 12.3c-.3 1.5-3.4 2.5-7.3 2.5s-7-1-7.3-2.5l-2-12.3c2 1.7 5.5 2.3 9.3 2.3s7.3-.6 9.3-2.3Z"/></svg>'
