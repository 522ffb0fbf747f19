import { parseArgs } from 'node:util'
import { type MessageCode, say } from '../../../shared/messages/say.ts'
import { readMoment } from './moment.ts'

/** An option of a command. Without `takes` it is a switch. `oneOf`, `number` and `moment` say which values fit. */
export type Option = {
  name: string
  takes?: string
  oneOf?: readonly string[]
  number?: { min: number; max: number }
  moment?: true
  says: MessageCode
}

/** A command of one or two words, with what may follow. `file`: whether a path may or must stand behind it. */
export type Command = { name: string; says: MessageCode; options: readonly Option[]; file?: 'may' | 'must' }

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

const misfit = ({ name, takes, oneOf, number, moment }: Option, value: string): string | undefined => {
  if (value === '') return say('cli.wrong.empty', { option: name })
  if (oneOf && !oneOf.includes(value)) return say('cli.wrong.choice', { option: name, choices: oneOf.join(', ') })
  if (moment && readMoment(value) === undefined) return say('cli.wrong.moment', { option: name })
  if (!number) return undefined
  const fits = /^-?\d{1,15}$/.test(value) && Number(value) >= number.min && Number(value) <= number.max
  return fits ? undefined : say('cli.wrong.number', { option: name, takes: takes ?? '', ...number })
}

/** Names the word that Node's parser stumbled over, in our own sentence: its English is no interface. */
const stumble = (error: unknown): string => {
  const option = error instanceof Error ? /'(-[^' ]*)/.exec(error.message)?.[1] : undefined
  return option === undefined ? say('cli.wrong.words') : say('cli.wrong.option', { option })
}

/** Reads the words after `howdah`. The command may stand before or after options. */
export const hear = (argv: readonly string[], commands: readonly Command[]): Heard => {
  const all = [...everywhere, ...commands.flatMap(command => command.options)]
  const loose = parseArgs({ args: [...argv], options: configOf(all), strict: false, allowPositionals: true })
  const [first, second] = loose.positionals
  const command =
    commands.find(({ name }) => name === `${first} ${second}`) ?? commands.find(({ name }) => name === first) ?? null
  if (loose.values.help === true || first === 'help') {
    const asked =
      first === 'help' ? (commands.find(({ name }) => name === loose.positionals.slice(1).join(' ')) ?? null) : command
    return { help: asked }
  }
  if (first === undefined && argv.includes('--version')) return { version: true }
  if (first === undefined) return argv.length === 0 ? { help: null } : { wrong: say('cli.wrong.no-command') }
  if (!command) return { wrong: say('cli.wrong.command', { command: first }) }
  return hearCommand(argv, command)
}

const hearCommand = (argv: readonly string[], command: Command): Heard => {
  const options = [...everywhere, ...command.options]
  let values: Values
  let rest: string[]
  try {
    const strict = parseArgs({ args: [...argv], options: configOf(options), strict: true, allowPositionals: true })
    values = strict.values
    rest = strict.positionals.slice(command.name.split(' ').length)
  } catch (error) {
    return { wrong: stumble(error) }
  }
  if (rest.length > (command.file ? 1 : 0)) return { wrong: say('cli.wrong.extra', { word: rest.at(-1) ?? '' }) }
  if (command.file === 'must' && !rest[0] && values.help !== true)
    return { wrong: say('cli.wrong.no-file', { command: command.name }) }
  for (const option of options) {
    const value = values[option.name]
    const wrong = typeof value === 'string' ? misfit(option, value) : undefined
    if (wrong !== undefined) return { wrong }
  }
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
