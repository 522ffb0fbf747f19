/** Inside the archive: what lies unpacked beside it. */
export const NATIVE_SUMS: string
/** Writes down, before packing, the native file of a system (`linux-x64`). */
export const writeNativeSums: (root: string, system: string) => void
/** Looks at what lies unpacked, and writes the archive's own line beside it. Throws where something else lies there. */
export const writeArchiveSums: (root: string, resources: string) => void
