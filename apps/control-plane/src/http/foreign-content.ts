/** Policy of answers that others have made: whatever they say they are, a browser shows them as nothing of ours, and runs none of it. */
export const FOREIGN_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
