import { parseArgs } from 'node:util'
import { type MessageCode, say } from '../../../shared/messages/say.ts'
import { readMoment } from './moment.ts'
import { nearMiss } from './near-miss.ts'

/** An option of a command. Without `takes` it is a switch. `oneOf`, `number` and `moment` say which values fit; `must`: without it the command makes no sense. */
export type Option = {
  name: string
  takes?: string
  oneOf?: readonly string[]
  number?: { min: number; max: number }
  moment?: true
  must?: true
  says: MessageCode
}

/**
 * A command of one or two words, with what may follow. `file`: whether a path may or must stand behind it. `apart`: switches of which only one
 * can be meant. `ends`: a sentence about when it ends with another code than 0 though nothing failed.
 */
export type Command = {
  name: string
  says: MessageCode
  options: readonly Option[]
  file?: 'may' | 'must'
  apart?: readonly [string, string]
  ends?: MessageCode
}

/** What was asked for, with every value checked against its option. */
export type Words = {
  command: string
  text(name: string): string | undefined
  number(name: string): number | undefined
  has(name: string): boolean
  file: string | undefined
}

/** `help` names the command whose help was asked for; `wrong` is the sentence about what cannot be understood. */
export type Heard = { words: Words } | { help: Command | null } | { version: true } | { wrong: string }

/** Options that every command has. */
export const everywhere: readonly Option[] = [
  { name: 'data', takes: 'DIR', says: 'cli.option.data' },
  { name: 'json', says: 'cli.option.json' },
  { name: 'help', says: 'cli.option.help' },
]

type Values = Readonly<Record<string, unknown>>

const configOf = (options: readonly Option[]) =>
  Object.fromEntries(
    options.map(({ name, takes }) => [
      name,
      {
        type: takes === undefined ? ('boolean' as const) : ('string' as const),
        ...(name === 'help' ? { short: 'h' } : {}),
      },
    ]),
  )

/** The sentence about a command that is none, or a command whose second word is none. */
const noCommand = (given: string, commands: readonly Command[]): string => {
  const near = nearMiss(
    given,
    commands.map(({ name }) => name),
  )
  return near === undefined
    ? say('cli.wrong.command', { command: given })
    : say('cli.wrong.command-near', { command: given, near })
}

/** The sentence about an option that a command does not have. */
const noOption = (option: string, { name: command, options }: Command): string => {
  const near = nearMiss(
    option.replace(/^-+/, ''),
    [...options, ...everywhere].map(({ name }) => name),
  )
  return near === undefined
    ? say('cli.wrong.option', { option, command })
    : say('cli.wrong.option-near', { option, near })
}

type Given = { name: string; rawName: string; value: string | undefined; inlineValue: boolean | undefined }

const misfit = ({ name, takes, oneOf, number, moment }: Option, value: string): string | undefined => {
  if (value === '') return say('cli.wrong.empty', { option: name })
  if (oneOf && !oneOf.includes(value)) return say('cli.wrong.choice', { option: name, choices: oneOf.join(', ') })
  if (moment && readMoment(value) === undefined) return say('cli.wrong.moment', { option: name })
  if (!number) return undefined
  const fits = /^-?\d{1,15}$/.test(value) && Number(value) >= number.min && Number(value) <= number.max
  return fits ? undefined : say('cli.wrong.number', { option: name, takes: takes ?? '', ...number })
}

/** What is wrong with an option as it stands there; nothing where nothing is. */
const wrongOption = ({ name, rawName, value, inlineValue }: Given, command: Command): string | undefined => {
  const option = [...everywhere, ...command.options].find(each => each.name === name)
  if (!option) return noOption(rawName, command)
  if (option.takes === undefined) return value === undefined ? undefined : say('cli.wrong.switch', { option: name })
  const wrong = misfit(option, value ?? '')
  // It is rather the next option than a value.
  if (wrong === undefined && value?.startsWith('-') && !inlineValue) return say('cli.wrong.dash', { option: name })
  return wrong
}

/** Of the words that a program was started with, those that are options of a command: a desktop's system and its browser add their own. */
export const ownWords = (argv: readonly string[], { options: own }: Command): string[] => {
  const options = [...everywhere, ...own]
  const { tokens } = parseArgs({
    args: [...argv],
    options: configOf(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  return tokens.flatMap(token => {
    if (token.kind !== 'option' || !options.some(({ name }) => name === token.name)) return []
    if (token.value === undefined) return [token.rawName]
    return token.inlineValue ? [`${token.rawName}=${token.value}`] : [token.rawName, token.value]
  })
}

/** Reads the words after `howdah`. The command may stand before or after options. */
export const hear = (argv: readonly string[], commands: readonly Command[]): Heard => {
  const all = [...everywhere, ...commands.flatMap(command => command.options)]
  const loose = parseArgs({
    args: [...argv],
    options: configOf(all),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const [first, second] = loose.positionals
  const named = (name: string) => commands.find(each => each.name === name)
  if (first === 'help') {
    const asked = loose.positionals.slice(1).join(' ')
    const command = named(asked)
    return asked === '' || command ? { help: command ?? null } : { wrong: noCommand(asked, commands) }
  }
  const command = named(`${first} ${second}`) ?? named(first ?? '')
  if (first !== undefined && !command) return { wrong: noCommand(first, commands) }
  if (loose.values.help === true) return { help: command ?? null }
  if (!command) {
    if (argv.includes('--version')) return { version: true }
    return argv.length === 0 ? { help: null } : { wrong: say('cli.wrong.no-command') }
  }
  const given = loose.tokens.flatMap(token => (token.kind === 'option' ? [token] : []))
  const stranger = given.find(({ name }) => !all.some(option => option.name === name))
  if (stranger) return { wrong: noOption(stranger.rawName, command) }
  const family = commands.filter(({ name }) => name.startsWith(`${first} `))
  if (command.name === first && second !== undefined && family.length > 0)
    return { wrong: noCommand(`${first} ${second}`, family) }
  for (const [at, token] of given.entries()) {
    // Of a value that is given twice the last would count, and nobody would know of the first.
    const isTwice = token.value !== undefined && given.slice(0, at).some(({ name }) => name === token.name)
    const wrong = isTwice ? say('cli.wrong.twice', { option: token.name }) : wrongOption(token, command)
    if (wrong !== undefined) return { wrong }
  }
  return hearCommand(loose.values, loose.positionals.slice(command.name.split(' ').length), command)
}

const hearCommand = (values: Values, rest: readonly string[], command: Command): Heard => {
  if (rest.length > (command.file ? 1 : 0)) return { wrong: say('cli.wrong.extra', { word: rest.at(-1) ?? '' }) }
  if (command.file === 'must' && !rest[0]) return { wrong: say('cli.wrong.no-file', { command: command.name }) }
  const missing = command.options.find(({ name, must }) => must && values[name] === undefined)
  if (missing) return { wrong: say('cli.wrong.missing', { option: missing.name, command: command.name }) }
  const { apart } = command
  if (apart?.every(name => values[name] === true))
    return { wrong: say('cli.wrong.apart', { one: apart[0], other: apart[1] }) }
  const text = (name: string) => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    words: {
      command: command.name,
      text,
      number: name => (text(name) === undefined ? undefined : Number(text(name))),
      has: name => values[name] === true,
      file: rest[0],
    },
  }
}
