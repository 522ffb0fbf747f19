// The licences of everything that is shipped and not ours: which packages, under what, and their whole texts.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Licences that go together with ours, AGPL-3.0-or-later; another one fails the build until somebody has read it. */
const known = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']

/** What comes along inside a package under terms of its own. */
const inside = {
  'better-sqlite3': 'SQLite, which is part of the binary, is in the public domain.',
  tldts:
    'The list of public suffixes inside is by Mozilla’s contributors, under MPL-2.0: https://publicsuffix.org/list/',
}

const walk = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))

/** Which of the packages of `package.json` the sources import, types left aside: what the bundles begin with. Electron brings its own texts along. */
export const importedBy = root => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const lines = walk(join(root, 'src')).flatMap(file =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => /^(import|export|\} from)\b(?! type )/.test(line)),
  )
  const isImported = name => lines.some(line => line.includes(`'${name}'`) || line.includes(`'${name}/`))
  return Object.keys({ ...dependencies, ...devDependencies })
    .filter(name => name !== 'electron' && isImported(name))
    .sort()
}

/** Where a package that is wanted at a place of the lock file is found, as Node looks for it. */
const resolveIn = (lock, from, name) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (lock[place]) return place
    if (at === '' || !at.includes('/node_modules/'))
      return lock[`node_modules/${name}`] ? `node_modules/${name}` : undefined
  }
}

/** Every place of the lock file that these packages need to run, themselves counted. Peers are imported by the sources themselves, or not at all. */
export const placesOf = (lock, names) => {
  const found = new Set()
  const add = (from, name) => {
    const place = resolveIn(lock, from, name)
    if (place === undefined) throw new Error(`package-lock.json lacks ${name}, wanted by ${from || 'the sources'}`)
    if (found.has(place) || name.startsWith('@types/')) return
    found.add(place)
    for (const each of Object.keys(lock[place].dependencies ?? {})) add(place, each)
  }
  for (const name of names) add('', name)
  return [...found].sort()
}

const textsIn = folder =>
  readdirSync(folder)
    .filter(name => /^(licen[cs]e|notice|copying)([.-].*)?$/i.test(name))
    .sort()
    .map(name => readFileSync(join(folder, name), 'utf8').trim())

/** All of it, by package: name, version, licence, texts. Fails for a licence that nobody has read, and for a missing text. */
export const collectLicences = root => {
  const { packages: lock } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return placesOf(lock, importedBy(root)).map(place => {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const { version, license = '' } = lock[place]
    const own = join(root, 'packaging/licences', `${name.replace('/', '-')}.txt`)
    const texts = existsSync(own) ? [readFileSync(own, 'utf8').trim()] : textsIn(join(root, place))
    if (!known.includes(license))
      throw new Error(`${name} is under "${license}": read it, and decide in packaging/licences.mjs`)
    if (texts.length === 0) throw new Error(`${name} brings no text of its licence: put it into packaging/licences/`)
    return { name, version, license, note: inside[name], texts }
  })
}

/** One text file, as it lies in the package. */
export const licencesText = packages =>
  [
    'Howdah is free software under the GNU Affero General Public License, version 3 or later; its text lies beside this file.',
    'It is built with the works of others, listed here with their licences. Electron and Chromium bring their own lists.',
    '',
    ...packages.map(({ name, version, license }) => `  ${name} ${version}: ${license}`),
    ...packages.flatMap(({ name, version, license, note, texts }) => [
      '',
      '='.repeat(100),
      `${name} ${version} (${license})`,
      ...(note === undefined ? [] : ['', note]),
      ...texts.flatMap(text => ['', text]),
    ]),
    '',
  ].join('\n')
