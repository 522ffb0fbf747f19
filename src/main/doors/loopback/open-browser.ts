import { spawn } from 'node:child_process'

/** The system's own command that opens an address, or nothing where no screen is. */
export const browserCommand = (
  address: string,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): readonly [string, ...string[]] | undefined => {
  if (platform === 'darwin') return ['open', address]
  // `start` would read `&` in an address as a second command; this way it is only ever an address.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address]
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open', address] : undefined
}

/** Opens an address of ours, or a server's consent page, in the system's browser. True when a command could be started. */
export const openBrowser = (address: string): Promise<boolean> => {
  const command = browserCommand(address)
  if (!command) return Promise.resolve(false)
  const [program, ...words] = command
  return new Promise(resolve => {
    const child = spawn(program, words, { stdio: 'ignore', detached: true })
    child.once('spawn', () => resolve(true))
    child.once('error', () => resolve(false))
    child.unref()
  })
}
