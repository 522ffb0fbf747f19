/** Every fuse of Electron, and how it is set. */
export const fuses: Readonly<Record<string, boolean>>
/** What electron-builder is given. */
export const config: object
