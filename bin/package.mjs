// Makes packages to install for this system: `npm run package`. With `-- --stand-in` it needs no Electron: it packs around an
// empty program, and looks whether what was packed is whole, holds nothing else, has its fuses set, and runs on the tests' stand-in.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fuses } from '../packaging/fuses.mjs'
import { collectLicences, licencesText } from '../packaging/licences.mjs'
import { NATIVE_SUMS } from '../packaging/sums.mjs'
import { build, findNode, root } from './built.mjs'

const place = join(root, 'packaging')
const fail = text => {
  console.error(text)
  process.exit(1)
}

const installTools = () => {
  if (existsSync(join(place, 'node_modules/electron-builder'))) return
  console.error('Fetching what makes packages, once …')
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: place,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) fail('That could not be fetched.')
}

/** The configuration against electron-builder's own schema, and the fuses against all that Electron has. */
const checkConfig = async config => {
  const { default: Ajv } = await import('ajv')
  const ajv = new Ajv({ strict: false, allErrors: true })
  ajv.addKeyword({ keyword: 'typeof', validate: (type, value) => type !== 'function' || typeof value === 'function' })
  const schema = JSON.parse(readFileSync(join(place, 'node_modules/app-builder-lib/scheme.json'), 'utf8'))
  if (!ajv.validate(schema, config)) fail(`packaging/config.mjs: ${ajv.errorsText(ajv.errors?.slice(0, 3))}`)
  const inPlace = createRequire(join(place, 'package.json'))
  const { FuseV1Options } = await import(pathToFileURL(inPlace.resolve('@electron/fuses')).href)
  const all = Object.keys(FuseV1Options).filter(name => Number.isNaN(Number(name)))
  if (all.join() !== Object.keys(fuses).join())
    fail(`packaging/fuses.mjs: decide about these fuses, in this order: ${all.join(', ')}`)
}

/** A folder like that of Electron, whose program is nothing but a wire of fuses. */
const emptyElectron = () => {
  const folder = mkdtempSync(join(tmpdir(), 'howdah-empty-electron-'))
  const wire = Buffer.from([1, 9, ...'101100011'].map(part => (typeof part === 'string' ? part.charCodeAt(0) : part)))
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([Buffer.alloc(64), Buffer.from(sentinel), wire, Buffer.alloc(64)]),
    {
      mode: 0o755,
    },
  )
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), '')
  writeFileSync(join(folder, 'version'), '45.4.1')
  for (const name of ['resources', 'locales']) mkdirSync(join(folder, name))
  return folder
}

const filesIn = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))

const needed = [
  'package.json',
  'out/main/index.js',
  'out/main/engine.js',
  'out/native.sums',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'resources/tray.png',
]
const mayHold =
  /^(out|resources|node_modules|node_modules\/better-sqlite3)$|^(out|node_modules\/better-sqlite3)\/|^(package\.json|resources\/tray\.png)$/

/** What runs, and nothing beside it. */
const checkFiles = (names, unpacked) => {
  const strange = names.filter(name => !mayHold.test(name) || /\.(ts|map)$|better-sqlite3\/(deps|src)(\/|$)/.test(name))
  if (strange.length > 0) fail(`The package holds what does not belong there: ${strange.slice(0, 5).join(', ')}`)
  for (const name of needed) if (!names.includes(name)) fail(`The package lacks ${name}.`)
  if (unpacked.join() !== `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`)
    fail(`Beside the archive lies something else than the one database binary: ${unpacked.join(', ')}`)
}

/** Runs what was packed, far from this folder, so that nothing of its node_modules helps. */
const runPacked = (node, app, resources) => {
  const data = mkdtempSync(join(tmpdir(), 'howdah-packed-data-'))
  const register = pathToFileURL(join(root, 'test/engine/electron-stand-in/register.ts')).href
  const env = { ...process.env, STAND_IN_SAVE_TO: join(data, 'saved.csv'), STAND_IN_RESOURCES: resources }
  const out = execFileSync(node, ['--import', register, join(app, 'out/main/index.js'), '--sample', '--data', data], {
    cwd: tmpdir(),
    env,
    encoding: 'utf8',
    timeout: 120_000,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  rmSync(data, { recursive: true, force: true })
  const facts = JSON.parse(out)
  if (!facts.quit || !(facts.reports > 0)) fail('What was packed does not run.')
  return facts
}

const FLIPS = 1_000

/** No byte of it can change without the desktop finding out at its start. */
const checkFlips = (node, app, resources) => {
  const words = [join(root, 'test/soak/flips.ts'), resources, join(app, NATIVE_SUMS), String(FLIPS)]
  if (spawnSync(node, words, { stdio: 'inherit' }).status !== 0) fail('A changed byte is not found at the start.')
}

/** The archive tells the hash of each file; macOS and Windows hold them against the program, so they must be right. */
const checkIntegrity = (archive, app, { getRawHeader }) => {
  const hashOf = file => createHash('sha256').update(readFileSync(file)).digest('hex')
  let count = 0
  const walk = (files, at) => {
    for (const [name, entry] of Object.entries(files)) {
      const path = join(at, name)
      if (entry.files) walk(entry.files, path)
      else if (entry.integrity?.algorithm !== 'SHA256' || entry.integrity.hash !== hashOf(path))
        fail(`The archive does not vouch for ${path}.`)
      else count++
    }
  }
  walk(getRawHeader(archive).header.files, app)
  return count
}

/** Our licence, and the texts of all that we are built with, lie beside the program. */
const checkLicences = folder => {
  const texts = readFileSync(join(folder, 'LICENSES.others.txt'), 'utf8')
  for (const { name, version } of collectLicences(root))
    if (!texts.includes(`${name} ${version} (`)) fail(`The licence of ${name} is missing.`)
  if (!readFileSync(join(folder, 'LICENSE.howdah.txt'), 'utf8').includes('AFFERO')) fail('Our licence is missing.')
}

const packAround = async (node, config, asar) => {
  const empty = emptyElectron()
  const output = mkdtempSync(join(tmpdir(), 'howdah-packed-'))
  const { build: pack, Platform } = createRequire(join(place, 'package.json'))('electron-builder')
  await pack({
    targets: Platform.LINUX.createTarget('dir'),
    config: {
      ...config,
      electronDist: empty,
      electronVersion: '45.4.1',
      directories: { ...config.directories, output },
    },
    projectDir: root,
  })
  const resources = join(output, 'linux-unpacked/resources')
  const archive = join(resources, 'app.asar')
  const names = asar
    .listPackage(archive, { isPack: false })
    .map(name => name.replace(/^[\\/]/, '').replaceAll('\\', '/'))
  checkFiles(names, filesIn(join(resources, 'app.asar.unpacked')))
  const app = join(output, 'extracted')
  asar.extractAll(archive, app)
  const vouched = checkIntegrity(archive, app, asar)
  checkLicences(join(output, 'linux-unpacked'))
  const { reports } = runPacked(node, app, resources)
  checkFlips(node, app, resources)
  console.log(
    `Packed ${names.length} files and folders, ${vouched} files vouched for by hash; what was packed runs on the stand-in and read ${reports} reports; ${FLIPS} changed bytes were found.`,
  )
  for (const folder of [empty, output]) rmSync(folder, { recursive: true, force: true })
}

const words = process.argv.slice(2)
const node = findNode()
installTools()
const { config } = await import('../packaging/config.mjs')
await checkConfig(config)
if (!build(node)) process.exit(1)
writeFileSync(join(root, 'out/licences.txt'), licencesText(collectLicences(root)))
if (words[0] === '--stand-in') {
  const asar = createRequire(join(place, 'node_modules/app-builder-lib/package.json')).resolve('@electron/asar')
  await packAround(node, config, await import(pathToFileURL(asar).href).then(found => found.default ?? found))
} else {
  const { build: pack, Platform } = createRequire(join(place, 'package.json'))('electron-builder')
  await pack({ targets: Platform.current().createTarget(), config, projectDir: root, publish: 'never' })
}
