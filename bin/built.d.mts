/** What Node itself is told for the loopback door. */
export const doorBounds: readonly string[]
/** The words that start the loopback door as it is built, before its own. */
export const doorWords: readonly string[]
