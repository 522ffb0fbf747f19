/** What electron-builder is given. */
export const config: object
