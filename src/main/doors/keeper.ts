/**
 * What tells how well this system can keep a secret. `backend` (Linux only) is the store that Electron wants, by the name of the desktop;
 * `tag` begins what was just sealed, and names the key that was used; `keyFile`: the user wants one all the same.
 */
export type Keeping = {
  platform: NodeJS.Platform
  available: boolean
  backend: string | null
  tag: string
  keyFile: boolean
}

/** The stores of Linux by Electron's names. The others are `basic_text`, which is none, and `unknown`. */
const STORES: ReadonlySet<string> = new Set(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])

/**
 * Who seals: the system's keyring where it is a real one; else a key file, but only for a user who insists.
 * SECURITY: without a keyring, Electron on Linux "encrypts" with a password that is the same everywhere, also where it wanted a store
 * that does not answer. What that key sealed begins with `v10`, as what a store's key sealed begins with `v11` or a later number. Both must
 * speak for a store: a seal that looks like one, where Electron itself cannot name the store, is believed by nobody.
 */
export const chooseKeeper = ({
  platform,
  available,
  backend,
  tag,
  keyFile,
}: Keeping): 'keyring' | 'key-file' | 'nobody' => {
  const isReal = platform !== 'linux' || (STORES.has(backend ?? '') && /^v(?!10)\d\d$/.test(tag))
  if (available && isReal) return 'keyring'
  return keyFile ? 'key-file' : 'nobody'
}
