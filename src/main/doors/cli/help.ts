import { say } from '../../../shared/messages/say.ts'
import { alignRows } from './table.ts'
import { type Command, everywhere, type Option } from './words.ts'

const optionWord = ({ name, takes }: Option) => (takes === undefined ? `--${name}` : `--${name} ${takes}`)
const indent = (rows: readonly (readonly string[])[]) => alignRows(rows).map(line => `  ${line}`)

/** How a command is written, on one line. */
const usage = (command: Command): string =>
  [
    'howdah',
    command.name,
    ...command.options.map(option => (option.must ? optionWord(option) : `[${optionWord(option)}]`)),
    ...(command.file ? [command.file === 'must' ? 'FILE' : '[FILE]'] : []),
  ].join(' ')

/** The help of one command. */
export const commandHelp = (command: Command): string =>
  [
    say(command.says),
    '',
    `  ${usage(command)}`,
    '',
    ...indent([...command.options, ...everywhere].map(option => [optionWord(option), say(option.says)])),
    ...(command.ends ? ['', say(command.ends)] : []),
  ].join('\n')

/** The help of all commands. */
export const wholeHelp = (commands: readonly Command[]): string =>
  [
    say('cli.help.head'),
    '',
    ...indent(commands.map(command => [`howdah ${command.name}`, say(command.says)])),
    '',
    say('cli.help.everywhere'),
    '',
    ...indent(everywhere.map(option => [optionWord(option), say(option.says)])),
    '',
    say('cli.help.codes'),
  ].join('\n')
