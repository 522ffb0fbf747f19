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

/**
 * Who seals: the system's keyring where it is a real one; else a key file, but only for a user who insists.
 * SECURITY: without a keyring, Electron on Linux "encrypts" with a password that is the same everywhere, also where it wanted a store
 * that does not answer. What that key sealed begins with `v10`, as what a store's key sealed begins with `v11` or a later number.
 */
export const chooseKeeper = ({
  platform,
  available,
  backend,
  tag,
  keyFile,
}: Keeping): 'keyring' | 'key-file' | 'nobody' => {
  const isReal = platform !== 'linux' || (backend !== 'basic_text' && /^v(?!10)\d\d$/.test(tag))
  if (available && isReal) return 'keyring'
  return keyFile ? 'key-file' : 'nobody'
}
