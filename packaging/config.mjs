// How packages to install are made. Read by electron-builder, and by the tests.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeArchiveSums, writeNativeSums } from './sums.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Every fuse of Electron (DESIGN and Electron's checklist, item 19): a new one fails the build until it is decided here.
 * SECURITY: the packaged program runs nothing but its own archive, and obeys no environment of Node's.
 */
export const fuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // On macOS and Windows; Linux knows no such check.
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  // Without these handlers WebAssembly checks its bounds in software: slower, no less safe. The page runs none.
  WasmTrapHandlers: true,
}

const programOf = ({ appOutDir, electronPlatformName, packager }) => {
  const name = electronPlatformName === 'linux' ? packager.executableName : packager.appInfo.productFilename
  const ends = { darwin: '.app', mas: '.app', win32: '.exe' }
  return join(appOutDir, `${name}${ends[electronPlatformName] ?? ''}`)
}

/** Sets every fuse in the program's binary, before it is signed, and reads them back. */
const setFuses = async context => {
  const { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } = await import('@electron/fuses')
  const program = programOf(context)
  const wanted = Object.fromEntries(Object.entries(fuses).map(([name, on]) => [FuseV1Options[name], on]))
  await flipFuses(program, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    ...wanted,
  })
  const wire = await getCurrentFuseWire(program)
  for (const [name, on] of Object.entries(fuses))
    if (wire[FuseV1Options[name]] !== (on ? 0x31 : 0x30)) throw new Error(`the fuse ${name} did not hold`)
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
