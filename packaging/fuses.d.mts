/** Every fuse of Electron, and how it is set. */
export const fuses: Readonly<Record<string, boolean>>
/** Reads every fuse of a program and holds it against the table. Throws at the first that is set otherwise, unknown, or missing. */
export const checkFuses: (program: Uint8Array) => void
