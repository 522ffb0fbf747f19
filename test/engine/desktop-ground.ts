import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { Facts } from './electron-stand-in/facts.ts'

/** Runs the built desktop on the stand-in until it quits, and answers what the stand-in saw. */
export const runDesktop = (
  folder: string,
  more: Record<string, string> = {},
  app = resolve('.'),
  timeout = 60_000,
): Promise<Facts> =>
  new Promise((done, failed) => {
    const env = { ...process.env, STAND_IN_SAVE_TO: join(folder, 'saved.csv'), ...more }
    const register = resolve('test/engine/electron-stand-in/register.ts')
    // As Electron is called: the path of the app, then the words of the person.
    const argv = [
      '--import',
      register,
      '--import',
      resolve('test/engine/mortal-thread.ts'),
      join(app, 'out/main/index.js'),
      // Among them one that is for the browser inside it.
      '--no-sandbox',
      '--sample',
      '--data',
      folder,
    ]
    const child = execFile(process.execPath, argv, { env, timeout }, (error, out, err) =>
      error ? failed(new Error(`${error.message}\n${err}`)) : done(JSON.parse(out)),
    )
    // As when the terminal that started it is closed.
    if (more.STAND_IN_UNHEARD) child.stderr?.destroy()
  })
