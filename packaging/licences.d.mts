type Shipped = { name: string; version: string; license: string; note: string | undefined; texts: readonly string[] }
type Lock = Readonly<Record<string, { dependencies?: Readonly<Record<string, string>> }>>

/** Which packages of `package.json` the sources import. */
export const importedBy: (root: string) => string[]
/** Every place of a lock file that these packages need to run. */
export const placesOf: (lock: Lock, names: readonly string[]) => string[]
/** Everything that is shipped and not ours, with its texts. */
export const collectLicences: (root: string) => Shipped[]
/** One text file of it. */
export const licencesText: (packages: readonly Shipped[]) => string
