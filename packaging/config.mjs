// How packages to install are made. Read by electron-builder, and by the tests.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkFuses, fuses } from './fuses.mjs'
import { writeArchiveSums, writeNativeSums } from './sums.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

const programOf = ({ appOutDir, electronPlatformName, packager }) => {
  const name = electronPlatformName === 'linux' ? packager.executableName : packager.appInfo.productFilename
  const ends = { darwin: '.app', mas: '.app', win32: '.exe' }
  return join(appOutDir, `${name}${ends[electronPlatformName] ?? ''}`)
}

/** Sets every fuse in the program's binary, before it is signed, and reads them back with our own eyes. */
const setFuses = async context => {
  const { flipFuses, FuseV1Options, FuseVersion, pathToFuseFile } = await import('@electron/fuses')
  const program = programOf(context)
  const wanted = Object.fromEntries(Object.entries(fuses).map(([name, on]) => [FuseV1Options[name], on]))
  await flipFuses(program, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    ...wanted,
  })
  checkFuses(readFileSync(pathToFuseFile(program)))
}

/** Before anything is packed: the list of what will lie outside the archive goes into it. */
const listNative = async ({ electronPlatformName, arch }) => {
  const { Arch } = await import('electron-builder')
  writeNativeSums(root, `${electronPlatformName === 'mas' ? 'darwin' : electronPlatformName}-${Arch[arch]}`)
}

const finish = async context => {
  writeArchiveSums(root, context.packager.getResourcesDir(context.appOutDir))
  await setFuses(context)
}

export const config = {
  appId: 'io.github.howdah.desk',
  productName: 'Howdah',
  copyright: 'AGPL-3.0-or-later',
  directories: { output: 'dist', buildResources: 'resources' },
  // The output is whole in itself, so of all packages only the database's comes along, with the one binary of its own system.
  files: [
    'out/**',
    'resources/tray.png',
    'package.json',
    '!out/licences.txt',
    '!**/node_modules/!(better-sqlite3)/**',
    '!**/node_modules/better-sqlite3/{deps,src}/**',
    '!**/node_modules/better-sqlite3/{binding.gyp,README.md}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder puts them in
    '!**/node_modules/better-sqlite3/prebuilds/!(${platform}-${arch}).node',
  ],
  // Ours, and those of what we are built with (`licences.mjs`), beside Electron's own.
  extraFiles: [
    { from: 'LICENSE', to: 'LICENSE.howdah.txt' },
    { from: 'out/licences.txt', to: 'LICENSES.others.txt' },
  ],
  asar: { smartUnpack: false },
  asarUnpack: ['**/*.node'],
  // N-API: the prebuilt binary fits Node and Electron alike.
  npmRebuild: false,
  beforePack: listNative,
  afterPack: finish,
  publish: null,
  // No deb: that asks for a maintainer's mail address.
  linux: { target: ['AppImage', 'tar.gz'], category: 'Network', executableName: 'howdah-desk' },
  mac: {
    target: ['dmg'],
    category: 'public.app-category.social-networking',
    hardenedRuntime: true,
    // It bears a signature of its own, and another one would change what the archive says of it.
    signIgnore: ['\\.node$'],
  },
  win: { target: ['nsis'] },
}
