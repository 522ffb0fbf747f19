import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../../../src/main/doors/cli/commands.ts'
import { commandHelp, wholeHelp } from '../../../src/main/doors/cli/help.ts'
import { printJson } from '../../../src/main/doors/cli/session.ts'
import { alignRows, cutTo, displayWidth, plainFailure, plainLine } from '../../../src/main/doors/cli/table.ts'
import { hear, ownWords } from '../../../src/main/doors/cli/words.ts'

const heard = (line: string) => hear(line === '' ? [] : line.split(' '), commands)
const wordsOf = (line: string) => {
  const said = heard(line)
  if (!('words' in said)) throw new Error(JSON.stringify(said))
  return said.words
}

test('options stand before or after the command, and two words can be one command', () => {
  expect(wordsOf('--data /a servers --json')).toMatchObject({ command: 'servers' })
  expect(wordsOf('--data servers log').text('data')).toBe('servers')
  expect(wordsOf('log').command).toBe('log')
  expect(wordsOf('log verify /tmp/a.csv')).toMatchObject({ command: 'log verify', file: '/tmp/a.csv' })
  expect(wordsOf('log export --format csv').text('format')).toBe('csv')
  expect(wordsOf('web --port 8080 --no-open').number('port')).toBe(8080)
  expect(wordsOf('web').number('port')).toBeUndefined()
})

test('every command that scripts rely on is there, with its options', () => {
  // DESIGN, "Words on the outside": none of these goes without a deprecation.
  const lines = [
    'web --port 0 --no-open --sample',
    'sample --port 0 --seed 1 --reports 9 --accounts 9 --state f --release 4.6.5 --faults f --job-delay 1 --now 2026-11-23T08:00:00Z --control t',
    'signin --server https://a.example --token-stdin',
    'signin --server https://a.example --private-address 10.0.0.5',
    'signout --server https://a.example',
    'servers',
    'sync --server https://a.example',
    'reports --state open',
    'signups',
    'blocks',
    'log',
    'log export --format csv --output f',
    'log export --format jsonl',
    'log verify',
    'log verify f',
    'backup f',
    'restore f',
    'doctor',
  ]
  for (const line of lines)
    for (const everywhere of ['', ' --data /a', ' --json'])
      expect([line, 'words' in heard(line + everywhere)]).toEqual([line, true])
})

test('what cannot be understood is answered with a sentence that names it', () => {
  const wrong = (line: string) => {
    const said = heard(line)
    return 'wrong' in said ? said.wrong : `understood ${line}`
  }
  expect(wrong('frob')).toContain('"frob"')
  expect(wrong('servers --frob')).toContain('--frob')
  expect(wrong('servers extra')).toContain('"extra"')
  expect(wrong('web --port 70000')).toContain('65,535')
  expect(wrong('web --port 1x')).toContain('--port')
  expect(wrong('reports --state closed')).toContain('open, resolved')
  expect(wrong('signin --server')).toContain('--server')
  expect(wrong('sync --server=')).toContain('--server')
  expect(wrong('log verify a b')).toContain('"b"')
  expect(wrong('--json')).toContain('Which command')
  expect(wrong('frob --help')).toContain('"frob"')
  expect(wrong('help frob')).toContain('"frob"')
  expect(wrong('reports --json=true')).toBe('--json takes no value.')
  // The second would count, and nobody would know of the first.
  expect(wrong('sync --server a --server b')).toBe('--server stands there twice.')
  expect(wrong('web --data a --data a')).toBe('--data stands there twice.')
  expect(wrong('signin --oob')).toBe('"howdah signin" needs --server. Add --help to see the rest.')
  expect(wrong('signin --server a --token-stdin --oob')).toContain('Either --token-stdin or --oob')
  // What follows is rather the next option than a value.
  expect(wrong('signin --server --token-stdin')).toContain('--server needs a value')
  expect(wrong('reports --limit -1')).toContain('10,000,000')
  expect(wordsOf('log --text=-1').text('text')).toBe('-1')
})

test('a near miss names what was meant, a far one does not', () => {
  const near = (line: string) => {
    const said = heard(line)
    const sentence = 'wrong' in said ? said.wrong : ''
    return /Did you mean "?(?:howdah )?([^"?]+)/.exec(sentence)?.[1] ?? sentence
  }
  const meant: [string, string][] = [
    ['report', 'reports'],
    ['repotrs', 'reports'],
    ['REPORTS', 'reports'],
    ['sing-in', 'signin'],
    ['block', 'blocks'],
    ['acc', 'accounts'],
    ['log exprt --format csv', 'log export'],
    ['log verfy x.jsonl', 'log verify'],
    ['help log exprt', 'log export'],
    ['sync --sever x', '--server'],
    ['log export --fromat csv', '--format'],
    ['reports --jsno', '--json'],
    ['doctor --dta x', '--data'],
  ]
  for (const [line, name] of meant) expect([line, near(line)]).toEqual([line, name])
  expect(near('s')).toContain('"howdah --help" lists them')
  expect(near('x'.repeat(100_000))).toContain('lists them')
  expect(near('sync --frobnicate')).toBe('--frobnicate does not fit here. "howdah sync --help" tells what does.')
  expect(near('servers --limit 3')).toContain('"howdah servers --help"')
})

test('of the words of a desktop only ours are heard, whatever its system and its browser add', () => {
  const web = commands.find(({ name }) => name === 'web')
  if (!web) throw new Error('no web')
  const argv = [
    '--no-sandbox',
    '--data',
    '/a b',
    'howdah://x',
    '--ozone-platform=wayland',
    '--port=7',
    '-psn_0_1',
    '/x.csv',
  ]
  expect(ownWords(argv, web)).toEqual(['--data', '/a b', '--port=7'])
  const said = hear(['web', ...ownWords(argv, web)], commands)
  expect('words' in said && said.words.text('data')).toBe('/a b')
  // A value that was forgotten is not made of the next option.
  expect(hear(['web', ...ownWords(['--data', '--no-sandbox'], web)], commands)).toHaveProperty('wrong')
  expect(ownWords(['--', '--data', '/a'], web)).toEqual([])
})

test('an option that several commands have takes a value in all of them or in none', () => {
  const takes = new Map<string, boolean>()
  for (const { options } of commands)
    for (const option of options) {
      const before = takes.get(option.name) ?? option.takes !== undefined
      expect([option.name, option.takes !== undefined]).toEqual([option.name, before])
      takes.set(option.name, before)
    }
})

test('help is everywhere, and names every option', () => {
  expect(heard('')).toEqual({ help: null })
  expect(heard('--help')).toEqual({ help: null })
  expect(heard('--version')).toEqual({ version: true })
  for (const command of commands) {
    expect(heard(`${command.name} --help`)).toEqual({ help: command })
    expect(heard(`help ${command.name}`)).toEqual({ help: command })
    const help = commandHelp(command)
    for (const { name } of command.options) expect(help).toContain(`--${name}`)
    expect(wholeHelp(commands)).toContain(`howdah ${command.name}`)
    expect(help).not.toContain('cli.')
  }
  expect(wholeHelp(commands)).not.toContain('cli.')
})

test('help tells what cannot be left out, what excludes what, and when a command ends with something else than 0', () => {
  const helpOf = (name: string) => {
    const command = commands.find(each => each.name === name)
    return command ? commandHelp(command) : ''
  }
  expect(helpOf('signin')).toContain('howdah signin --server URL [--port N] [--oob]')
  expect(helpOf('signin')).toMatch(/--oob .*not with --token-stdin/)
  expect(helpOf('log export')).toContain('howdah log export --format FORMAT [--output FILE]')
  expect(helpOf('log export')).toMatch(/--output FILE .*not with --json/)
  expect(helpOf('sync')).toMatch(/Ends with 1 .*nobody is signed in/)
  expect(helpOf('doctor')).toContain('Ends with 1')
  expect(helpOf('log verify')).toContain('Ends with 1')
  for (const name of ['restore', 'log erase']) expect(helpOf(name)).toContain('Ends with 3')
  expect(wholeHelp(commands)).toContain('Exit codes: 0 done')
})

test('the page about the command line names every command and every option of its own', () => {
  const page = readFileSync('docs/command-line.md', 'utf8')
  for (const { name, options } of commands.filter(({ name }) => name !== 'sample')) {
    expect(page).toContain(`howdah ${name}`)
    for (const option of options) expect([name, page.includes(`--${option.name}`)]).toEqual([name, true])
  }
})

test('columns stand under each other by what the eye sees, not by bytes', () => {
  expect([
    displayWidth('abc'),
    displayWidth('日本'),
    displayWidth('é'),
    displayWidth('e\u0301'),
    displayWidth('👩‍👩‍👧'),
    displayWidth('한'),
  ]).toEqual([3, 4, 1, 1, 2, 2])
  const lines = alignRows([
    ['日本', 'x'],
    ['a', 'y'],
    ['e\u0301e', 'z'],
  ])
  expect(lines.map(line => displayWidth(line.slice(0, -1)))).toEqual([6, 6, 6])
  expect(cutTo('日本語', 5)).toBe('日本…')
  expect(cutTo('abc', 3)).toBe('abc')
})

test('words of strangers can neither command a terminal nor hide', () => {
  const hostile = [
    '\u001b[2Jx',
    'a\u009b31mb',
    'a\r\nb',
    'a\u202egpj.exe',
    '\u2066x\u2069',
    'a\u200bb',
    '\u{e0041}x',
    '\ud800',
    '\u0007',
    '\ufeffx',
  ]
  for (const text of hostile)
    expect(plainLine(text)).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\ufeff\u{e0000}-\u{e007f}]/u)
  expect(plainLine('one\n two\tthree')).toBe('one two three')
  expect(plainLine('السلام عليكم')).toBe('السلام عليكم')
})

/** What a terminal obeys, or hides. */
const orders = '\u001b[2J\u009b31m\u0007\u202e\u2066\u2028\u200b\u00ad\u034f\u2800\u3164\u{e0041}'
const obeyed = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

test('a terminal obeys nothing of what a stranger put into a failure, and no command prints one otherwise', () => {
  const said = plainFailure({
    code: 'not-allowed',
    detail: { reason: 'failure.too-old', version: `3.5${orders}end` },
  })
  expect(said).toContain('3.5')
  expect(said).not.toMatch(obeyed)
  expect(plainLine(orders)).not.toMatch(/[\u00ad\u2800\u3164]|\u034f/u)
  expect(plainLine('👩‍🚀 ❤️ naïve')).toBe('👩‍🚀 ❤️ naïve')
  const folder = new URL('../../../src/main/doors/cli/', import.meta.url)
  for (const file of readdirSync(folder))
    if (file !== 'table.ts')
      expect([file, readFileSync(new URL(file, folder), 'utf8').includes('sayFailure')]).toEqual([file, false])
})

test('a document is read as it was written, and shows as plain lines', () => {
  const said: string[] = []
  const print = { out: (text: string) => said.push(text), note: () => {}, columns: undefined }
  const document = [{ name: `a${orders}b`, 'k\u202ey': 1 }]
  printJson(print, document)
  const out = said.join('')
  expect(JSON.parse(out)).toEqual(document)
  expect(out).not.toMatch(obeyed)
})
